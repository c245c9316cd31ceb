/** A letter that leaves. Whoever makes one has bounded and checked its parts; a mailer only encodes and carries. */
export interface OutgoingLetter {
  /** With angle brackets; the same letter has the same id, however often it is tried. */
  messageId: string
  to: { name: string | null; address: string }
  subject: string
  text: string
  /** Message ids with their brackets (RFC 5322, 3.6.4). */
  inReplyTo: string | null
  references: readonly string[]
  at: Date
}

/** Carries letters out. */
export interface Mailer {
  /** For people who watch: `smtp mail.example.kz:587`. */
  readonly name: string
  /** False: letters are kept here and go nowhere; the page says so. */
  readonly delivers: boolean
  readonly from: string
  /**
   * Sends a letter, or keeps it.
   * @throws MailFault
   */
  send(letter: OutgoingLetter): Promise<void>
}

/** Why a letter did not leave. */
export class MailFault extends Error {
  /** False: the other side may have taken it before the connection broke. */
  readonly surelyNotSent: boolean
  /** True: the address itself was refused, and another try is of no use. */
  readonly isRefused: boolean

  constructor(message: string, options: { surelyNotSent: boolean; isRefused: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'MailFault'
    this.surelyNotSent = options.surelyNotSent
    this.isRefused = options.isRefused
  }
}
