import type { Logger } from 'pino'

/** Names and first lines only: an error of a query carries its parameters, among them e-mails and tokens. */
const describe = (value: unknown): string => {
  if (!(value instanceof Error)) return typeof value
  const innermost = value.cause instanceof Error ? value.cause : value
  return `${innermost.name}: ${innermost.message.startsWith('Failed query') ? 'failed query' : (innermost.message.split('\n', 1)[0] ?? '')}`
}

/** Our log for the library of authentication. Its warnings are refused sign-ins, which are events already. */
export const libraryLogger = (log: Logger) => ({
  level: 'error' as const,
  disableColors: true,
  log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, ...values: unknown[]) =>
    log[level](
      { about: 'authentication', causes: values.filter((value) => value instanceof Error).map(describe) },
      message.split('\n', 1)[0] ?? '',
    ),
})
