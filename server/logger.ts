import pino, { type Logger } from 'pino'

const isFailedQuery = (error: unknown): error is Error & { query: string; params: unknown } =>
  error instanceof Error && 'query' in error && typeof error.query === 'string' && 'params' in error

/** A failed query is told without its values: they are letters, names and what people said. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const said = pino.stdSerializers.err(error)
  if (!isFailedQuery(error)) return said
  const message = `Failed query: ${error.query}`
  const cause = error.cause instanceof Error ? error.cause.message : ''
  const at =
    error.stack?.startsWith(`${error.name}: ${error.message}`) === true
      ? error.stack.slice(error.name.length + 2 + error.message.length)
      : ''
  return { type: said.type, message: cause === '' ? message : `${message}: ${cause}`, stack: `${message}${at}` }
}

/** Structured logs, one JSON object a line. Headers that carry credentials never get in, nor the values of a query that failed. */
export const createLogger = (level: string, destination: NodeJS.WritableStream = process.stderr): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError },
      redact: {
        paths: [
          '*.authorization',
          '*.cookie',
          '*.password',
          'password',
          'authorization',
          'cookie',
          '*.secret',
          'secret',
        ],
        censor: '[redacted]',
      },
    },
    destination,
  )
