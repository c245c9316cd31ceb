import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { provisionsQuery } from '../api/queries.ts'
import type { Lang, Provision } from '../api/types.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { provisionMarkdown } from './provision-markdown.ts'

interface SourcePanelProps {
  actId: string | null
  lang: Lang
  /** The day whose wording the article quotes; null: today. */
  asOf: string | null
  /** Null: the text cannot be changed now. */
  onInsert: ((markdown: string, label: string) => void) | null
}

/** The act beside the article: its provisions, to read and to put into the text word for word. */
export function SourcePanel({ actId, lang, asOf, onInsert }: SourcePanelProps) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const provisions = useQuery({ ...provisionsQuery({ actId: actId ?? '', asOf, lang }), enabled: actId !== null })
  const shown = useMemo(() => {
    const words = filter.trim().toLowerCase()
    return (provisions.data?.items ?? []).filter(
      (provision) =>
        provision.status === 'in-force' &&
        (words === '' ||
          `${provision.label} ${provision.heading ?? ''} ${provision.text}`.toLowerCase().includes(words)),
    )
  }, [provisions.data, filter])
  if (actId === null) return <p className="muted">{t('editorial.sourceNoAct')}</p>
  if (provisions.error !== null)
    return <ProblemNotice error={provisions.error} onRetry={() => void provisions.refetch()} />
  if (provisions.data === undefined) return <Skeleton rows={4} kind="text" />
  const all: readonly Provision[] = provisions.data.items
  return (
    <div className="source-panel" data-testid="source">
      <input
        type="text"
        className="source-filter"
        aria-label={t('editorial.sourceFilter')}
        placeholder={t('editorial.sourceFilter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul lang={lang}>
        {shown.map((provision) => (
          <li key={provision.provisionId}>
            <div className="source-head">
              <strong>{provision.label}</strong>
              {onInsert === null ? null : (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => onInsert(provisionMarkdown(provision, all), provision.label)}
                >
                  {t('editorial.insert', { label: provision.label })}
                </button>
              )}
            </div>
            {provision.heading === null ? null : <p className="source-heading">{provision.heading}</p>}
            <p>{provision.text}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
