import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { actDiffQuery } from '../api/queries.ts'
import type { Lang } from '../api/types.ts'
import { asOfParam, todayInAlmaty } from '../text/days.ts'
import { DayInput } from '../ui/day-input.tsx'
import { DiffText } from '../ui/diff-text.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

interface ActDiffProps {
  actId: string
  lang: Lang
  /** The day of the wording before the newest one, a sensible first choice. */
  initialFrom: string
}

const CHANGES = {
  added: 'provisionAdded',
  removed: 'provisionRemoved',
  excluded: 'provisionExcluded',
  moved: 'provisionMoved',
  changed: 'provisionChanged',
} as const

/** What changed in the act between two days. */
export function ActDiff({ actId, lang, initialFrom }: ActDiffProps) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const [params] = useSearchParams()
  const [asked] = useState(() => ({ from: asOfParam(params.get('from')), to: asOfParam(params.get('to')) }))
  const [from, setFrom] = useState(asked.from ?? initialFrom)
  const [to, setTo] = useState(() => asked.to ?? todayInAlmaty())
  // A warning leads here with its two days: then nothing has to be pressed.
  const [run, setRun] = useState<{ from: string; to: string } | null>(
    asked.from === null || asked.to === null ? null : { from: asked.from, to: asked.to },
  )
  const diff = useQuery({
    ...actDiffQuery({ actId, from: run?.from ?? '', to: run?.to ?? '', lang }),
    enabled: run !== null,
  })
  return (
    <div className="diff">
      <form
        className="diff-controls"
        onSubmit={(event) => {
          event.preventDefault()
          setRun({ from, to })
        }}
      >
        <div className="select-field">
          <label htmlFor="diff-from">{t('article.from')}</label>
          <DayInput id="diff-from" value={from} onChange={setFrom} />
        </div>
        <div className="select-field">
          <label htmlFor="diff-to">{t('article.to')}</label>
          <DayInput id="diff-to" value={to} onChange={setTo} />
        </div>
        <button type="submit" className="button">
          {t('act.compareRun')}
        </button>
      </form>
      {diff.isLoading ? <Skeleton rows={2} kind="text" /> : null}
      {diff.error === null ? null : <ProblemNotice error={diff.error} />}
      {diff.data?.items.length === 0 ? <p className="muted">{t('act.diffNone')}</p> : null}
      {diff.data?.items.map((change) => (
        <section key={change.eid} className="change">
          <h3>
            <Link to={{ search, hash: `#${change.eid}` }}>{change.label}</Link>{' '}
            <span className={`state state-${change.kind}`}>{t(`act.${CHANGES[change.kind]}`)}</span>
          </h3>
          <DiffText parts={change.parts} />
        </section>
      ))}
    </div>
  )
}
