import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { api, read } from '../api/client.ts'
import { languageDifferencesQuery } from '../api/queries.ts'
import type { ReviewedDifference } from '../api/types.ts'
import { useSession } from '../shell/use-session.ts'
import { DifferenceSides } from '../ui/language-differences.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

const SHORTEST_REASON = 3

function Decision({ difference }: { difference: ReviewedDifference }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const [reason, setReason] = useState('')
  const decision = difference.decision === 'open' ? 'dismissed' : 'open'
  const run = useMutation({
    mutationFn: () =>
      read(
        api['language-differences'][':id'].$patch({
          param: { id: difference.differenceId },
          json: { decision, reason: reason.trim() },
        }),
      ),
    onSuccess: async () => {
      setIsOpen(false)
      setReason('')
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
  })
  const id = `reason-${difference.differenceId}`
  if (!isOpen)
    return (
      <button type="button" className="link-button" onClick={() => setIsOpen(true)}>
        {t(decision === 'dismissed' ? 'difference.dismiss' : 'difference.reopen')}
      </button>
    )
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim().length >= SHORTEST_REASON) run.mutate()
  }
  return (
    <form className="difference-decision" onSubmit={submit}>
      <label htmlFor={id}>{t('difference.reason')}</label>
      <input id={id} value={reason} maxLength={500} autoFocus onChange={(event) => setReason(event.target.value)} />
      <button type="submit" className="button" disabled={run.isPending || reason.trim().length < SHORTEST_REASON}>
        {t(decision === 'dismissed' ? 'difference.dismiss' : 'difference.reopen')}
      </button>
      {run.error === null ? null : <ProblemNotice error={run.error} />}
    </form>
  )
}

/** Everything in which the two texts of an act differ, in the order of the act; editors decide which of it is none. */
export function LanguageDifferencesSection({ actId, asOf }: { actId: string; asOf: string | null }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const session = useSession()
  const found = useQuery(languageDifferencesQuery({ actId, asOf }))
  if (found.error !== null) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined || found.data.items.length === 0) return null
  const mayDecide = session.role === 'editor' || session.role === 'admin'
  return (
    <section id="language-differences" aria-labelledby="language-differences-title">
      <h2 id="language-differences-title">{t('difference.title')}</h2>
      <p className="muted">{t('difference.about')}</p>
      <ol className="difference-list">
        {found.data.items.map((difference) => {
          const eid = difference.ruEid ?? difference.kkEid ?? ''
          return (
            <li key={difference.differenceId} data-material={difference.isMaterial} data-decision={difference.decision}>
              <span className="difference-place">
                <Link to={{ search, hash: `#${eid}` }}>{difference.ru.label ?? difference.kk.label}</Link>
              </span>
              <span>
                <span className="difference-kind">{t(`difference.${difference.kind}`)}</span>
                {difference.isMaterial ? null : <span className="muted"> ({t('difference.formal')})</span>}
                {': '}
                <DifferenceSides difference={difference} />
                {difference.decision === 'dismissed' ? (
                  <span className="muted">
                    {' '}
                    {t('difference.dismissed')}: {difference.reason}
                  </span>
                ) : null}
              </span>
              {mayDecide ? <Decision difference={difference} /> : null}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
