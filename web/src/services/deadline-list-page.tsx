import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { itemsOf, PagedList } from '../ui/paged-list.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AgencyTasks } from './agency-tasks.tsx'
import { DeadlineTable } from './deadline-table.tsx'
import { ClockDialog } from './clock-dialog.tsx'
import { deadlineListQuery } from './queries.ts'
import { maySign, mayWatch } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import { UpdateRequests } from './update-requests.tsx'
import { useAgencyName } from './use-agency-name.ts'

function Deadlines({ own }: { own: boolean }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const [starting, setStarting] = useState(false)
  const [params, setParams] = useSearchParams()
  const state = params.get('state') === 'all' ? 'all' : 'running'
  const requests = params.get('requests') === 'all' ? 'all' : 'open'
  const list = useInfiniteQuery(deadlineListQuery(state))
  const agencyName = useAgencyName()
  const title = t(own ? 'services.myDeadlines' : 'services.deadlines')
  usePageTitle(title)
  const overdue = itemsOf(list).filter((one) => one.state === 'overdue').length
  return (
    <div className="page page-services">
      <ServicesNav />
      <h1>{title}</h1>
      {own ? <AgencyTasks /> : null}
      <UpdateRequests
        serviceId={null}
        state={requests}
        onState={(next) =>
          setParams(
            (now) => {
              if (next === 'all') now.set('requests', 'all')
              else now.delete('requests')
              return now
            },
            { replace: true },
          )
        }
      />
      <div className="services-tools">
        <Segmented<'running' | 'all'>
          label={t('services.deadlineFilter')}
          value={state}
          onChange={(next) =>
            setParams(
              (now) => {
                if (next === 'all') now.set('state', 'all')
                else now.delete('state')
                return now
              },
              { replace: true },
            )
          }
          options={[
            { value: 'running', label: t('services.running') },
            { value: 'all', label: t('services.allDeadlines') },
          ]}
        />
        {maySign(role) ? (
          <button type="button" className="button button-small" onClick={() => setStarting(true)}>
            {t('gate.clock')}
          </button>
        ) : null}
        <p role="status" className={overdue > 0 ? 'overdue-line' : 'muted'}>
          {list.isSuccess
            ? overdue > 0
              ? t('services.overdueCount', { count: overdue })
              : t('services.noOverdue')
            : null}
        </p>
      </div>
      {starting ? <ClockDialog onClose={() => setStarting(false)} /> : null}
      <PagedList list={list} rows={5} empty={t('services.noDeadlines')}>
        {(items) => <DeadlineTable label={title} deadlines={items} withService {...(own ? {} : { agencyName })} />}
      </PagedList>
    </div>
  )
}

/** Clocks by the day they end on; an agency's are its own. */
export function DeadlineListPage() {
  const { role } = useSession()
  return mayWatch(role) ? <Deadlines own={role === 'agency'} /> : <NotFoundPage />
}
