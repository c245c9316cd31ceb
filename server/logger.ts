import pino, { type Logger } from 'pino'

/** Structured logs, one JSON object a line. Headers that carry credentials never get in. */
export const createLogger = (level: string, destination: NodeJS.WritableStream = process.stderr): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
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
