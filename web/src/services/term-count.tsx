import { useTranslation } from 'react-i18next'
import { shortWeekday, weekdayOf } from '../text/calendar-names.ts'
import { formatDay } from '../text/days.ts'
import { TableFrame } from '../ui/table-frame.tsx'
import type { Term } from './types.ts'

/** A term counted day by day, with the reason of each day that does not count. */
export function TermCount({ term, label }: { term: Term; label: string }) {
  const { t } = useTranslation()
  return (
    <div className="term-count">
      <TableFrame label={label}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('services.day')}</th>
              <th scope="col">{t('services.dayKind')}</th>
              <th scope="col">{t('services.dayNumber')}</th>
              <th scope="col">{t('services.dayNote')}</th>
            </tr>
          </thead>
          <tbody>
            {term.count.map((day) => (
              <tr key={day.date} data-counts={day.nth !== null} data-last={day.date === term.date}>
                <td>
                  {formatDay(day.date)}, {shortWeekday(weekdayOf(day.date))}
                </td>
                <td>{t(`services.day_${day.kind}`)}</td>
                <td>{day.nth ?? '—'}</td>
                <td>
                  {day.note}
                  {day.expected ? ` (${t('services.dayExpected')})` : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {term.caveats.map((caveat) => (
        <p key={`${caveat.code}${caveat.date}`} className="term-caveat">
          {caveat.text}
        </p>
      ))}
    </div>
  )
}
