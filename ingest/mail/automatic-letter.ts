/** Why a letter is nobody's question. */
export type Automatic = 'bounce' | 'auto-reply' | 'bulk'

/** Subjects of programs that do not say in a header what they are. */
const AUTOMATIC_SUBJECT =
  /^(?:автоответ|автоматический ответ|автожауап|автоматты(?:\s+түрдегі)? жауап|automatic reply|auto[- ]?reply|autoreply|out of (?:the )?office|вне офиса|нет на месте)(?!\p{L})/iu
const BOUNCE_SENDER = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)@/iu
const BOUNCE_SUBJECT =
  /^(?:undeliver|undelivered|mail delivery (?:failed|subsystem)|delivery (?:status notification|failure)|returned mail|failure notice|не доставлен|недоставленное)/iu

/**
 * Whether a program wrote a letter: RFC 3834 (`Auto-Submitted`), RFC 3464 (reports of delivery), the null return path of RFC 5321, 4.5.5, lists and
 * mass mail (`List-Id`, `Precedence`), and what older programs set. Pure.
 * @param headers of the letter, names in lower case
 */
export function automaticOf(
  headers: readonly { key: string; value: string }[],
  letter: { from: string | null; subject: string },
): Automatic | null {
  const all = (name: string): string[] => headers.filter(({ key }) => key === name).map(({ value }) => value.trim())
  const first = (name: string): string => (all(name)[0] ?? '').toLowerCase()
  const type = first('content-type')
  if (
    /^multipart\/report\b/u.test(type) &&
    !/report-type\s*=\s*"?(?:disposition-notification|feedback-report)/u.test(type)
  )
    return 'bounce'
  const isFromSystem = letter.from !== null && BOUNCE_SENDER.test(letter.from)
  const hasNullPath = all('return-path').some((path) => /^<\s*>$/u.test(path))
  if ((isFromSystem || hasNullPath) && BOUNCE_SUBJECT.test(letter.subject.trim())) return 'bounce'
  if (all('x-failed-recipients').length > 0 || (isFromSystem && hasNullPath)) return 'bounce'
  const submitted = first('auto-submitted').split(/[;\s]/u)[0] ?? ''
  if (submitted !== '' && submitted !== 'no') return 'auto-reply'
  if (/^multipart\/report\b/u.test(type) || hasNullPath || isFromSystem) return 'auto-reply'
  if (
    ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponse', 'x-mail-autoreply'].some(
      (name) => first(name) !== '',
    )
  )
    return first('x-autoreply') === 'no' ? null : 'auto-reply'
  if (/^auto[_-]?reply/u.test(first('precedence'))) return 'auto-reply'
  if (AUTOMATIC_SUBJECT.test(letter.subject.trim())) return 'auto-reply'
  if (/^(?:bulk|list|junk)/u.test(first('precedence')) || first('list-id') !== '') return 'bulk'
  return null
}
