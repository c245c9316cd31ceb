import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiffPart } from '../api/types.ts'

const KEPT = 160

/** Long unchanged stretches fold, so that the changes are what one sees. */
function SameText({ text, first, last }: { text: string; first: boolean; last: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const head = first ? '' : text.slice(0, KEPT)
  const tail = last ? '' : text.slice(-KEPT)
  if (open || text.length <= head.length + tail.length + KEPT) return <span>{text}</span>
  return (
    <>
      <span>{head}</span>
      <button type="button" className="diff-fold" onClick={() => setOpen(true)}>
        … {t('article.sameText', { count: text.length - head.length - tail.length })} …
      </button>
      <span>{tail}</span>
    </>
  )
}

/** Word-level difference, in reading order. */
export function DiffText({ parts }: { parts: readonly DiffPart[] }) {
  const { t } = useTranslation()
  return (
    <div className="diff-text">
      {parts.map((part, index) => {
        if (part.kind === 'same')
          return <SameText key={index} text={part.text} first={index === 0} last={index === parts.length - 1} />
        const Tag = part.kind === 'added' ? 'ins' : 'del'
        return (
          <Tag key={index}>
            <span className="visually-hidden">
              {part.kind === 'added' ? t('article.diffAdded') : t('article.diffRemoved')}:{' '}
            </span>
            {part.text}
          </Tag>
        )
      })}
    </div>
  )
}
