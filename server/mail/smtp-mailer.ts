import { createTransport } from 'nodemailer'
import { letterOptions } from './letter-options.ts'
import { MailFault, type Mailer } from './mailer.ts'

export interface SmtpOptions {
  from: string
  senderName: string
  host: string
  port: number
  /** TLS from the first byte, by STARTTLS or not at all; STARTTLS that the server lacks is a failure, never plain text. */
  security: 'tls' | 'starttls' | 'none'
  credentials: { user: string; password: string } | null
  /** Milliseconds until the connection stands, and between two words of the server. */
  connectMs?: number
  silenceMs?: number
}

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
/**
 * What ends before the text itself is handed over. ECONNECTION is not among them: the library says it also when the other side closes
 * while its word on the text is awaited.
 */
const BEFORE_THE_TEXT = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EENVELOPE', 'EREQUIRETLS'])

interface SmtpError extends Error {
  code?: string
  command?: string
  responseCode?: number
  syscall?: string
}

/** Sends letters over SMTP (RFC 5321), a connection each. */
export const createSmtpMailer = (options: SmtpOptions): Mailer => {
  const { from, senderName, host, port, security, credentials } = options
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(credentials === null ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    connectionTimeout: options.connectMs ?? CONNECT_MS,
    greetingTimeout: options.connectMs ?? CONNECT_MS,
    socketTimeout: options.silenceMs ?? SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: `smtp ${host}:${port}`,
    delivers: true,
    from,
    async send(letter) {
      try {
        await transport.sendMail(letterOptions(letter, { name: senderName, address: from }))
      } catch (error) {
        const {
          command = '',
          responseCode,
          code = '',
          syscall,
          message,
        } = error instanceof Error ? (error as SmtpError) : {}
        const isAnswered = responseCode !== undefined && responseCode >= 400
        throw new MailFault(
          `the mail server failed (${code} ${command} ${responseCode ?? ''})`.replaceAll(/ +/gu, ' '),
          {
            // An answer is a refusal; without one, what ended before the text left nothing behind.
            surelyNotSent:
              isAnswered ||
              BEFORE_THE_TEXT.has(code) ||
              syscall === 'connect' ||
              /^(?:Connection timeout|Greeting never received)/u.test(message ?? ''),
            isRefused: responseCode !== undefined && responseCode >= 500 && command === 'RCPT TO',
            cause: error,
          },
        )
      }
    },
  }
}
