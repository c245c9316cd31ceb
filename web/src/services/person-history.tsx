import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { PersonContacts } from './person-contacts.tsx'
import { peopleQuery } from './queries.ts'

function People({ serviceId }: { serviceId: string }) {
  const { t } = useTranslation()
  const people = useQuery(peopleQuery(serviceId))
  if (people.error !== null) return <ProblemNotice error={people.error} onRetry={() => void people.refetch()} />
  if (people.data === undefined) return <Skeleton rows={2} kind="line" />
  return (
    <ol className="person-history" data-testid="person-history">
      {people.data.items.map((person) => (
        <li key={person.id}>
          <span className="person-days">
            {person.until === null
              ? t('services.since', { from: formatDay(person.since) })
              : t('services.sinceUntil', { from: formatDay(person.since), until: formatDay(person.until) })}
          </span>
          <span>
            {person.name}, {person.post}
            {person.toldOn === person.since ? null : (
              <span className="sub-line">{t('services.toldOn', { date: formatDay(person.toldOn) })}</span>
            )}
          </span>
          <PersonContacts person={person} />
        </li>
      ))}
    </ol>
  )
}

/** Everybody who has answered for the service (п. 27), asked for when it is opened: reading it is recorded. */
export function PersonHistory({ serviceId }: { serviceId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <details className="count-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('services.history')}</summary>
      {open ? <People serviceId={serviceId} /> : null}
    </details>
  )
}
