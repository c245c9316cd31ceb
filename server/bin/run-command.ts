import { ConfigError } from '#server/config.ts'
import { DomainError } from '#server/errors.ts'

/** A wrong use of a command: shown with how to use it, exit code 2. */
export class UsageError extends Error {}

/**
 * Runs a terminal command: its result is the exit code; an expected failure is a message on stderr and exit code 1,
 * wrong use is exit code 2.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  // `… | head` closes the pipe when it has enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    process.exitCode = await main()
  } catch (error) {
    process.exitCode =
      error instanceof UsageError ||
      (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
        ? 2
        : 1
    if (error instanceof DomainError) {
      process.stderr.write(`${error.message}\n`)
      for (const fault of error.faults) process.stderr.write(`  ${fault.path}: ${fault.message}\n`)
    } else if (error instanceof ConfigError || error instanceof UsageError || process.exitCode === 2)
      process.stderr.write(`${(error as Error).message}\n`)
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
}
