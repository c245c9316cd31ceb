/** Why a mailbox cannot be read. */
export type MailboxFaultReason = 'refused' | 'unreachable' | 'tls' | 'no-folder' | 'broken-off'

/** A mailbox failed. The message never holds the password. */
export class MailboxFault extends Error {
  readonly reason: MailboxFaultReason
  constructor(reason: MailboxFaultReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'MailboxFault'
    this.reason = reason
  }
}

/** A letter as it lies in the mailbox. */
export interface FetchedLetter {
  uid: number
  /** Bytes of the whole letter, as the server says. */
  bytes: number
  /** When the server got it (INTERNALDATE). */
  receivedAt: Date | null
  source: Uint8Array
  /** False: the letter is over the bound, and these are only its first bytes. */
  isWhole: boolean
}

/** A folder that is open. */
export interface MailboxSession {
  /** UIDs hold as long as this stays the same (RFC 9051, 2.3.1.1). */
  uidValidity: string
  /**
   * Letters with a higher UID that came since the day that is configured, lowest first, fetched one at a time; of older ones nothing is fetched.
   * @throws MailboxFault
   */
  letters: (afterUid: number) => AsyncIterable<FetchedLetter>
  /**
   * Told of each letter that is taken: it is left as it is unless the configuration says otherwise.
   * @returns why that cannot be done; the letter stays where it is then, and those behind it need not wait
   * @throws MailboxFault when the connection is gone
   */
  taken: (uid: number) => Promise<MailboxFault | null>
  /** Waits until the server tells of a letter, or this long, or until the connection is gone. Rejects never. */
  news: (ms: number) => Promise<void>
  close: () => Promise<void>
}

/** Where letters come in. */
export interface Mailbox {
  /** Account and folder, without the password: `help@mail.example.kz/INBOX`. */
  name: string
  /** Aborted, it ends at once, however silent the server is. @throws MailboxFault */
  open: (signal?: AbortSignal) => Promise<MailboxSession>
}

/** Bytes of a letter that is read whole: an attachment of 20 MiB in base 64, and its text. */
export const LETTER_BYTES = 30 * 1024 * 1024
/** … and of the beginning of a larger one. */
export const BEGINNING_BYTES = 1024 * 1024
