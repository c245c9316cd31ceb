import { useTranslation } from 'react-i18next'
import { formatBytes } from '../text/format-bytes.ts'
import type { Inquiry } from './types.ts'

type Letter = Inquiry['letters'][number]

/** Text that the writer's program does not show. */
export function HiddenText({ text, lang }: { text: string | null; lang?: string }) {
  const { t } = useTranslation()
  if (text === null) return null
  return (
    <details className="letter-hidden" data-testid="hidden-text">
      <summary>{t('desk.hiddenText')}</summary>
      <p className="letter-text" lang={lang}>
        {text}
      </p>
    </details>
  )
}

/** What was done to a letter on the way in. */
export function Remarks({ letter }: { letter: Letter }) {
  const { t } = useTranslation()
  if (letter.remarks.length === 0) return null
  return <p className="muted letter-remarks">{letter.remarks.map((one) => t(`desk.remark_${one}`)).join('; ')}</p>
}

/** What came with a letter: names and sizes, to be downloaded where the content is kept. */
export function Attachments({ inquiryId, letter }: { inquiryId: string; letter: Letter }) {
  const { t } = useTranslation()
  if (letter.attachments.length === 0) return null
  return (
    <div className="letter-attachments">
      <p>
        <strong>{t('desk.attachments')}</strong> <span className="muted">{t('desk.attachmentsHint')}</span>
      </p>
      <ul>
        {letter.attachments.map((one) => (
          <li key={one.id} data-testid="attachment">
            {one.leftOut === null ? (
              <a
                href={`/api/v1/inquiries/${encodeURIComponent(inquiryId)}/attachments/${encodeURIComponent(one.id)}`}
                download={one.name}
              >
                {one.name}
              </a>
            ) : (
              <span>{one.name}</span>
            )}{' '}
            <span className="muted">
              {one.type}, {formatBytes(one.bytes)}
              {one.leftOut === null ? '' : `, ${t(`desk.leftOut_${one.leftOut}`)}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
