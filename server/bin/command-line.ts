import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readConfig, type Config } from '#server/config.ts'
import { UsageError } from './run-command.ts'

/** Parses arguments strictly; an unknown one is a usage error that shows the usage. */
export function commandLine<const O extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: O) {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\nUsage: ${usage}`)
  }
}

/** The configuration with the directory named on the command line; logs stay quiet unless asked for. */
export const commandConfig = (dataDir: string | undefined): Config =>
  readConfig({ LOG_LEVEL: 'warn', ...process.env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) })
