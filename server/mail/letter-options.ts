import type { OutgoingLetter } from './mailer.ts'

/** What both mailers give to the composer of messages: one letter is the same message whichever way it goes. */
export const letterOptions = (letter: OutgoingLetter, from: { name: string; address: string }) => ({
  from,
  to: letter.to.name === null ? letter.to.address : { name: letter.to.name, address: letter.to.address },
  subject: letter.subject,
  text: letter.text,
  messageId: letter.messageId,
  date: letter.at,
  ...(letter.inReplyTo === null ? {} : { inReplyTo: letter.inReplyTo }),
  ...(letter.references.length === 0 ? {} : { references: [...letter.references] }),
  // Answers of machines to a letter are no letters to answer (RFC 3834).
  headers: { 'Auto-Submitted': 'no' },
  textEncoding: 'base64' as const,
  // Nothing in a letter may name a file or an address to read from.
  disableFileAccess: true,
  disableUrlAccess: true,
})
