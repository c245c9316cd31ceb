import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { DeskNav } from './desk-nav.tsx'
import { worksAtDesk } from './desk-roles.ts'
import { callListQuery } from './queries.ts'

function Calls() {
  const { t } = useTranslation()
  const list = useQuery(callListQuery)
  usePageTitle(t('desk.callsTitle'))
  const items = list.data?.items ?? []
  return (
    <div className="page page-services page-desk">
      <DeskNav />
      <h1>{t('desk.callsTitle')}</h1>
      {list.error === null ? null : <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending ? <Skeleton rows={4} kind="line" /> : null}
      {list.isSuccess && items.length === 0 ? (
        <div className="notice" role="status">
          <p className="notice-title">{t('desk.noCalls')}</p>
          <p>{t('desk.noCallsHint')}</p>
        </div>
      ) : null}
      {items.length > 0 ? (
        <TableFrame label={t('desk.callsTitle')}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{t('desk.calls')}</th>
                <th scope="col">{t('desk.state')}</th>
                <th scope="col">{t('desk.operator')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((call) => (
                <tr key={call.id} data-testid="call">
                  <td>
                    <Link to={`/calls/${encodeURIComponent(call.id)}`} className="desk-subject">
                      {t('desk.callTitle', { at: formatMoment(call.startedAt) })}
                    </Link>
                  </td>
                  <td>
                    <span className={call.state === 'live' ? 'state state-added' : 'state'}>
                      {t(`desk.call_${call.state}`)}
                    </span>
                  </td>
                  <td>{call.operator?.name ?? <span className="muted">{t('desk.unassigned')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      ) : null}
    </div>
  )
}

/** Calls of the operator and those that are nobody's. */
export function CallListPage() {
  const { role } = useSession()
  return worksAtDesk(role) ? <Calls /> : <NotFoundPage />
}
