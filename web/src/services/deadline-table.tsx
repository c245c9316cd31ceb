import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../text/days.ts'
import { TableFrame } from '../ui/table-frame.tsx'
import { DeadlineCount } from './deadline-count.tsx'
import { DeadlineState } from './deadline-state.tsx'
import type { Deadline, ListedDeadline } from './types.ts'

interface DeadlineTableProps {
  label: string
  deadlines: readonly (Deadline | ListedDeadline)[]
  /** Given where clocks of many bodies stand together. */
  agencyName?: (id: string) => string
  withService?: boolean
}

interface DeadlineRowsProps extends Pick<DeadlineTableProps, 'agencyName'> {
  deadline: Deadline | ListedDeadline
  withService: boolean
}

// What started the clock, where it is an act in words and no number of ours.
const isWords = (cause: string): boolean => !/^[a-z]{3}_/u.test(cause)

/** A clock, and under it the count when it is opened. */
function DeadlineRows({ deadline, agencyName, withService }: DeadlineRowsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  const label = t('services.countOf', { point: deadline.point, date: formatDay(deadline.dueOn) })
  return (
    <>
      <tr data-testid="deadline" data-state={deadline.state}>
        <td className="deadline-due">
          <span className="deadline-day">{formatDay(deadline.dueOn)}</span>
          <DeadlineState deadline={deadline} />
        </td>
        <td>
          <span className="point">{deadline.point}</span> {deadline.duty}
        </td>
        {withService ? (
          <td>
            {'service' in deadline && deadline.service !== null ? (
              <Link to={`/services/${encodeURIComponent(deadline.service.id)}`}>
                {deadline.service.registryNumber} {deadline.service.name}
              </Link>
            ) : (
              <span className="muted">{t('services.noService')}</span>
            )}
            {agencyName === undefined ? null : <span className="sub-line">{agencyName(deadline.agencyId)}</span>}
          </td>
        ) : null}
        <td>
          {deadline.event.what} {formatDay(deadline.event.date)}
          {isWords(deadline.event.cause) ? <span className="sub-line">{deadline.event.cause}</span> : null}
        </td>
        <td>
          <button
            type="button"
            className="link-button count-button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen((now) => !now)}
          >
            {t('services.count', { count: deadline.workingDays })}
            <span className="visually-hidden">. {label}</span>
          </button>
        </td>
      </tr>
      <tr id={id} hidden={!open} data-testid="deadline-count">
        <td colSpan={withService ? 5 : 4} className="deadline-count">
          {open ? <DeadlineCount id={deadline.id} label={label} /> : null}
        </td>
      </tr>
    </>
  )
}

/** Clocks by the day they end on. */
export function DeadlineTable({ label, deadlines, agencyName, withService = false }: DeadlineTableProps) {
  const { t } = useTranslation()
  return (
    <TableFrame label={label}>
      <table className="data-table deadline-table">
        <thead>
          <tr>
            <th scope="col">{t('services.due')}</th>
            <th scope="col">{t('services.duty')}</th>
            {withService ? <th scope="col">{t('services.service')}</th> : null}
            <th scope="col">{t('services.event')}</th>
            <th scope="col">{t('services.counted')}</th>
          </tr>
        </thead>
        <tbody>
          {deadlines.map((deadline) => (
            <DeadlineRows
              key={deadline.id}
              deadline={deadline}
              withService={withService}
              {...(agencyName === undefined ? {} : { agencyName })}
            />
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
