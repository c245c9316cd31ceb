import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Several commands one after another: each is a process that opens the database anew; on a busy machine that takes its time. */
export const SEVERAL_COMMANDS_MS = 180_000

/**
 * Runs a command of `server/bin` as a process, as its user does.
 * @param env its whole environment beside the path; a database of DATABASE_URL must be among it
 * @param input what comes on its standard input
 */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<{ out: string; err: string; code: number | null }> {
  const child = spawn(
    process.execPath,
    [
      // Such a process is over before it pays to have the database compiled a second time, for speed.
      '--liftoff-only',
      '--import',
      'tsx',
      fileURLToPath(new URL(`../server/bin/${name}.ts`, import.meta.url)),
      ...args,
    ],
    { env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...env } },
  )
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  return { out, err, code }
}
