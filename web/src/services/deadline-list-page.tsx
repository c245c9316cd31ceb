import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AgencyTasks } from './agency-tasks.tsx'
import { DeadlineTable } from './deadline-table.tsx'
import { deadlineListQuery } from './queries.ts'
import { mayWatch } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import { UpdateRequests } from './update-requests.tsx'
import { useAgencyName } from './use-agency-name.ts'

function Deadlines({ own }: { own: boolean }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const state = params.get('state') === 'all' ? 'all' : 'running'
  const list = useInfiniteQuery(deadlineListQuery(state))
  const agencyName = useAgencyName()
  const title = t(own ? 'services.myDeadlines' : 'services.deadlines')
  usePageTitle(title)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const overdue = items.filter((one) => one.state === 'overdue').length
  return (
    <div className="page page-services">
      <ServicesNav />
      <h1>{title}</h1>
      {own ? <AgencyTasks /> : null}
      <UpdateRequests serviceId={null} />
      <div className="services-tools">
        <Segmented<'running' | 'all'>
          label={t('services.deadlineFilter')}
          value={state}
          onChange={(next) => setParams(next === 'all' ? { state: 'all' } : {}, { replace: true })}
          options={[
            { value: 'running', label: t('services.running') },
            { value: 'all', label: t('services.allDeadlines') },
          ]}
        />
        <p role="status" className={overdue > 0 ? 'overdue-line' : 'muted'}>
          {list.isSuccess
            ? overdue > 0
              ? t('services.overdueCount', { count: overdue })
              : t('services.noOverdue')
            : null}
        </p>
      </div>
      {list.error === null ? null : <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending ? <Skeleton rows={5} kind="line" /> : null}
      {list.isSuccess && items.length === 0 ? <p className="muted">{t('services.noDeadlines')}</p> : null}
      {items.length > 0 ? (
        <DeadlineTable label={title} deadlines={items} withService {...(own ? {} : { agencyName })} />
      ) : null}
      {list.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common.more')}
        </button>
      ) : null}
    </div>
  )
}

/** Clocks by the day they end on; an agency's are its own. */
export function DeadlineListPage() {
  const { role } = useSession()
  return mayWatch(role) ? <Deadlines own={role === 'agency'} /> : <NotFoundPage />
}
