import { ImapFlow } from 'imapflow'
import type { MailboxConfig } from '#server/config.ts'
import { today } from '#server/context.ts'
import {
  BEGINNING_BYTES,
  LETTER_BYTES,
  MailboxFault,
  type FetchedLetter,
  type Mailbox,
  type MailboxSession,
} from './mailbox.ts'

/** What a server may send in one answer: a letter and what stands around it. */
const ANSWER_BYTES = LETTER_BYTES + 4 * 1024 * 1024
const CLOSE_MS = 2000
/** A server that says nothing for so long is gone. */
const SILENCE_MS = 120_000
/** Letters whose size and day are asked for at once. */
const FACTS_AT_ONCE = 200
const DAY_MS = 86_400_000

interface ImapError {
  code?: string
  authenticationFailed?: boolean
  mailboxMissing?: boolean
  message: string
}

const isError = (error: unknown): error is ImapError => error instanceof Error

/** A failure by name. The library's own error stays behind: it may hold the command that failed. */
function faultOf(error: unknown, password: string): MailboxFault {
  if (error instanceof MailboxFault) return error
  const {
    code = '',
    authenticationFailed,
    mailboxMissing,
    message,
  } = isError(error) ? error : { message: String(error) }
  const said = message.replaceAll(password, '…').slice(0, 300)
  if (authenticationFailed === true) return new MailboxFault('refused', `the mail server refused the sign-in: ${said}`)
  if (mailboxMissing === true || code === 'NotFound')
    return new MailboxFault('no-folder', `the mailbox has no such folder: ${said}`)
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO|STARTTLS/iu.test(`${code} ${said}`))
    return new MailboxFault('tls', `no trusted encrypted connection: ${said}`)
  if (
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/iu.test(
      code,
    )
  )
    return new MailboxFault('unreachable', `the mail server cannot be reached: ${said}`)
  return new MailboxFault('broken-off', `the connection to the mail server broke off: ${said}`)
}

interface Facts {
  uid: number
  bytes: number
  receivedAt: Date | null
}

/**
 * A mailbox over IMAP (RFC 9051 and 3501), by imapflow. New letters are told by IDLE where the server knows it; the caller looks again anyway. Letters are
 * read without marking them (BODY.PEEK).
 */
export const createImapMailbox = (
  config: Extract<MailboxConfig, { kind: 'imap' }> & { connectMs?: number; silenceMs?: number },
): Mailbox => {
  const { host, port, security, user, password, folder, after, since } = config
  const silenceMs = config.silenceMs ?? SILENCE_MS
  const fault = (error: unknown): MailboxFault => faultOf(error, password)
  return {
    name: `${user}@${host}:${port}/${folder}`,
    async open(signal) {
      const client = new ImapFlow({
        host,
        port,
        secure: security === 'tls',
        doSTARTTLS: security === 'starttls',
        auth: { user, pass: password },
        logger: false,
        disableAutoIdle: true,
        disableCompression: true,
        connectionTimeout: config.connectMs ?? 20_000,
        greetingTimeout: config.connectMs ?? 20_000,
        socketTimeout: silenceMs,
        maxLineLength: 8 * 1024 * 1024,
        maxLiteralSize: ANSWER_BYTES,
        maxResponseSize: ANSWER_BYTES + 1024 * 1024,
        maxResponseTokens: 500_000,
        clientInfo: { name: 'bilim' },
      })
      let wake: () => void = () => {}
      let failure: MailboxFault | null = null
      // Without a listener an error of the socket would end the process.
      client.on('error', (error: unknown) => {
        failure = fault(error)
        wake()
      })
      client.on('close', () => {
        failure ??= new MailboxFault('broken-off', 'the mail server closed the connection')
        wake()
      })
      let hasNews = false
      client.on('exists', () => {
        hasNews = true
        wake()
      })
      /** An answer of the server, or why there is none. */
      const ask = async <T>(what: () => Promise<T>): Promise<T> => {
        if (failure !== null) throw failure
        try {
          return await what()
        } catch (error) {
          throw failure ?? fault(error)
        }
      }
      const close = async (): Promise<void> => {
        const timer = setTimeout(() => client.close(), CLOSE_MS)
        try {
          if (client.usable) await client.logout()
        } catch {
          // It is gone already.
        } finally {
          clearTimeout(timer)
          client.close()
        }
      }
      const giveUp = (): void => client.close()
      signal?.addEventListener('abort', giveUp)
      try {
        signal?.throwIfAborted()
        await client.connect()
      } catch (error) {
        signal?.removeEventListener('abort', giveUp)
        client.close()
        throw fault(error)
      }
      try {
        const opened = await ask(() => client.mailboxOpen(folder, { readOnly: after.kind === 'leave' }))
        const one = async ({ uid, bytes, receivedAt }: Facts): Promise<FetchedLetter | null> => {
          const isWhole = bytes <= LETTER_BYTES
          const read = await ask(() =>
            client.fetchOne(
              uid,
              { source: { start: 0, maxLength: isWhole ? LETTER_BYTES : BEGINNING_BYTES } },
              { uid: true },
            ),
          )
          // Somebody has deleted it meanwhile.
          if (read === false || read.source === undefined) return null
          return { uid, bytes: Math.max(bytes, read.source.length), receivedAt, source: read.source, isWhole }
        }
        /** Letters that came before the day; they stay so. */
        const old = new Set<number>()
        const factsOf = async (uids: readonly number[]): Promise<Facts[]> => {
          const found = await ask(() =>
            client.fetchAll(uids.join(','), { size: true, internalDate: true }, { uid: true }),
          )
          // Among the rows are those that nobody asked for: another program reads a letter, and its new flags are told to all (RFC 9051, 7.5.2).
          return uids
            .flatMap((uid) => {
              const rows = found.filter((row) => row.uid === uid)
              const bytes = rows.find(({ size }) => size !== undefined)?.size
              const said = rows.find(({ internalDate }) => internalDate !== undefined)?.internalDate
              const at = said === undefined ? null : new Date(said)
              // Without a size it is not there any more.
              return bytes === undefined
                ? []
                : [{ uid, bytes, receivedAt: at === null || Number.isNaN(at.getTime()) ? null : at }]
            })
            .filter(({ uid, receivedAt }) => {
              if (since === null || receivedAt === null || today({ now: () => receivedAt }) >= since) return true
              old.add(uid)
              return false
            })
            .toSorted((left, right) => left.uid - right.uid)
        }
        return {
          uidValidity: String(opened.uidValidity),
          async *letters(afterUid) {
            hasNews = false
            // Also a server without IDLE tells what is new before it answers this.
            await ask(() => client.noop())
            const range = { uid: `${afterUid + 1}:*` }
            // Servers keep the days of their own zones: the day before ours holds all of ours.
            const wanted = since === null ? range : { ...range, since: new Date(Date.parse(since) - DAY_MS) }
            const found = await ask(() => client.search(wanted, { uid: true }))
            // «N:*» always holds the last letter, also when its UID is lower (RFC 9051, 9).
            const uids = (Array.isArray(found) ? found : [])
              .filter((uid) => uid > afterUid && !old.has(uid))
              .toSorted((left, right) => left - right)
            for (let at = 0; at < uids.length; at += FACTS_AT_ONCE)
              for (const facts of await factsOf(uids.slice(at, at + FACTS_AT_ONCE))) {
                const letter = await one(facts)
                if (letter !== null) yield letter
              }
          },
          async taken(uid) {
            if (after.kind === 'flag') await ask(() => client.messageFlagsAdd(uid, [String.raw`\Seen`], { uid: true }))
            if (after.kind !== 'move') return null
            const moved = await ask(() => client.messageMove(uid, after.folder, { uid: true }))
            return moved === false
              ? new MailboxFault(
                  'no-folder',
                  `letters cannot be moved to the folder ${after.folder}, and stay where they are`,
                )
              : null
          },
          async news(ms) {
            const until = Date.now() + ms
            // Servers sign off whom they do not hear, and a silent one may be gone: each is heard from time to time.
            for (let left = ms; left > 0 && !hasNews && failure === null; left = until - Date.now()) {
              await new Promise<void>((resolve) => {
                const timer = setTimeout(() => resolve(), Math.min(left, silenceMs / 2))
                wake = () => {
                  clearTimeout(timer)
                  resolve()
                }
                // The next command ends it.
                if (client.capabilities.has('IDLE')) void client.idle().catch(() => {})
              })
              wake = () => {}
              if (!hasNews) await ask(() => client.noop()).catch(() => {})
            }
          },
          close,
        } satisfies MailboxSession
      } catch (error) {
        await close()
        throw fault(error)
      } finally {
        signal?.removeEventListener('abort', giveUp)
      }
    },
  }
}
