import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { actDiffQuery } from '../api/queries.ts'
import type { Edition, Lang } from '../api/types.ts'
import { asOfParam, formatDay, todayInAlmaty } from '../text/days.ts'
import { DayInput } from '../ui/day-input.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ProvisionChangeView } from './provision-change.tsx'

interface ActDiffProps {
  actId: string
  lang: Lang
  /** Held editions in this language, newest first. */
  editions: readonly Edition[]
}

/** A day, or the id of a held edition. */
type State = string
const isEdition = (state: State): boolean => state.startsWith('edn_')

interface StateFieldProps {
  name: 'from' | 'to'
  value: State
  editions: readonly Edition[]
  onChange: (state: State) => void
}

/** A state of the act: what was in force on a day, or the text of a held edition, also of one that is not in force yet. */
function StateField({ name, value, editions, onChange }: StateFieldProps) {
  const { t } = useTranslation()
  const id = `diff-${name}`
  return (
    <div className="select-field">
      <label htmlFor={`${id}-state`}>{t(`article.${name}`)}</label>
      <select
        id={`${id}-state`}
        value={isEdition(value) ? value : 'day'}
        onChange={(event) => onChange(event.target.value === 'day' ? todayInAlmaty() : event.target.value)}
      >
        {editions.map((edition) => (
          <option key={edition.editionId} value={edition.editionId}>
            {t(edition.date > todayInAlmaty() ? 'act.stateEditionToCome' : 'act.stateEdition', {
              date: formatDay(edition.date),
            })}
          </option>
        ))}
        <option value="day">{t('act.stateDay')}</option>
      </select>
      {isEdition(value) ? null : (
        <>
          <label htmlFor={id} className="visually-hidden">
            {t(`article.${name}`)}: {t('act.stateDay')}
          </label>
          <DayInput id={id} value={value} onChange={onChange} />
        </>
      )}
    </div>
  )
}

/** What changed in the act between two held editions, two days, or one of each. */
export function ActDiff({ actId, lang, editions }: ActDiffProps) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const [params] = useSearchParams()
  const asked = (name: 'from' | 'to'): State | null => {
    const value = params.get(name)
    return editions.find(({ editionId }) => editionId === value)?.editionId ?? asOfParam(value)
  }
  const [given] = useState(() => ({ from: asked('from'), to: asked('to') }))
  const [newest, before] = editions
  const [from, setFrom] = useState(given.from ?? before?.editionId ?? newest?.date ?? todayInAlmaty())
  const [to, setTo] = useState(given.to ?? (before === undefined ? todayInAlmaty() : (newest?.editionId ?? '')))
  // A warning leads here with its two days: then nothing has to be pressed.
  const [run, setRun] = useState<{ from: State; to: State } | null>(
    given.from === null || given.to === null ? null : { from: given.from, to: given.to },
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
        <StateField name="from" value={from} editions={editions} onChange={setFrom} />
        <StateField name="to" value={to} editions={editions} onChange={setTo} />
        <button type="submit" className="button">
          {t('act.compareRun')}
        </button>
      </form>
      {diff.isLoading ? <Skeleton rows={2} kind="text" /> : null}
      {diff.error === null ? null : <ProblemNotice error={diff.error} />}
      {diff.data === undefined ? null : (
        <p className="muted" role="status">
          {diff.data.items.length === 0 ? t('act.diffNone') : t('act.diffCount', { count: diff.data.items.length })}
        </p>
      )}
      {diff.data?.items.map((change) => (
        <ProvisionChangeView
          key={`${change.eid}${change.kind}`}
          change={change}
          label={<Link to={{ search, hash: `#${change.eid}` }}>{change.label}</Link>}
        />
      ))}
    </div>
  )
}
