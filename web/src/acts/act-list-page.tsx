import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { actListQuery } from '../api/queries.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

export function ActListPage() {
  const { t } = useTranslation()
  usePageTitle(t('act.title'))
  const { role } = useSession()
  const acts = useQuery(actListQuery)
  return (
    <div className="page page-list">
      <div className="desk-head">
        <h1>{t('act.title')}</h1>
        {role === 'editor' || role === 'admin' ? (
          <Link to="/acts/import" className="button button-primary">
            {t('impact.import')}
          </Link>
        ) : null}
      </div>
      {acts.error === null ? null : <ProblemNotice error={acts.error} onRetry={() => void acts.refetch()} />}
      {acts.isPending ? <Skeleton rows={3} kind="text" /> : null}
      {acts.data?.items.length === 0 ? <p className="muted">{t('act.empty')}</p> : null}
      <ul className="act-list">
        {acts.data?.items.map((act) => (
          <li key={act.actId}>
            <Link to={`/acts/${encodeURIComponent(act.actId)}`} className="act-item">
              <span className="act-item-title" lang={act.languages[0]}>
                {act.annexTitle ?? act.title}
              </span>
              <span className="act-item-requisites" lang={act.languages[0]}>
                {act.requisites}
              </span>
              <span className="act-item-foot">
                {act.registration === null ? null : <span>№ {act.registration.number}</span>}
                <span>{t('act.edition', { date: formatDay(act.editionDate) })}</span>
                {act.languages.map((lang) => (
                  <LangBadge key={lang} lang={lang} />
                ))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
