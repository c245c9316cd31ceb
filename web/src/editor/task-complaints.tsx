import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatMoment } from '../text/days.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { complaintsQuery } from './queries.ts'

/** Everything that was said of the answers of a task; asked for when somebody opens it. */
export function TaskComplaints({ taskId }: { taskId: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const list = useInfiniteQuery({ ...complaintsQuery(taskId), enabled: isOpen })
  return (
    <details className="count-details" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('feedback.all')}</summary>
      {isOpen ? (
        <PagedList list={list} rows={2} empty={t('feedback.none')}>
          {(items) => (
            <ul className="plain-list complaints" data-testid="complaints">
              {items.map(({ answerId, question, verdict, reason, at }) => (
                <li key={`${answerId}${at}${verdict}`}>
                  <span className="muted">{formatMoment(at)}</span> <strong>{t(`feedback.${verdict}`)}</strong>
                  {reason === null ? '' : `: ${reason}`}
                  <span className="sub-line">
                    «{question}» · <Link to={`/answers/${encodeURIComponent(answerId)}`}>{t('feedback.record')}</Link>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </PagedList>
      ) : null}
    </details>
  )
}
