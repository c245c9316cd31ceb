import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { agencyTaskListQuery } from './queries.ts'

/** Duties whose term runs out or has run out: the server opens them by the clock, the agency reads them here. */
export function AgencyTasks() {
  const { t } = useTranslation()
  const list = useQuery(agencyTaskListQuery())
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="card" aria-labelledby="agency-tasks-title">
      <h2 id="agency-tasks-title">{t('impact.agencyTasks')}</h2>
      <ul className="tasks">
        {items.map((task) => (
          <li key={task.taskId} className="task" data-testid="agency-task" data-overdue={task.isOverdue}>
            <div className="task-head">
              <span className={task.isOverdue ? 'state state-withdrawn' : 'state'}>
                {t('impact.due', { date: formatDay(task.dueOn) })}
                {task.isOverdue ? `, ${t('impact.overdue')}` : ''}
              </span>
              <span>{task.duty}</span>
            </div>
            <p className="muted">
              {task.point}
              {task.cause === null ? '' : ` · ${task.cause}`}
              {task.service === null ? null : (
                <>
                  {' · '}
                  <Link to={`/services/${encodeURIComponent(task.service.id)}`}>
                    {task.service.registryNumber} {task.service.name}
                  </Link>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
