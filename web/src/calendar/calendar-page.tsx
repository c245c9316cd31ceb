import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ServicesNav } from '../services/services-nav.tsx'
import { useSession } from '../shell/use-session.ts'
import { longWeekday, monthName, shortWeekday, weekdayOf } from '../text/calendar-names.ts'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import './calendar.css'
import { DayPanel } from './day-panel.tsx'
import { calendarYearQuery } from './queries.ts'
import type { CalendarDay } from './types.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const

/** What is not as the day of the week has it. */
const isSpecial = ({ kind, origin, note, date }: CalendarDay): boolean =>
  origin !== 'rule' ||
  kind === 'holiday' ||
  kind === 'moved' ||
  (kind === 'working' && (note !== null || weekdayOf(date) > 4))

interface MonthProps {
  days: readonly CalendarDay[]
  chosen: string | null
  onChoose: (date: string) => void
}

function Month({ days, chosen, onChoose }: MonthProps) {
  const { t } = useTranslation()
  const [first] = days
  if (first === undefined) return null
  const cells: (CalendarDay | null)[] = [...Array.from({ length: weekdayOf(first.date) }, () => null), ...days]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7))
  return (
    <table className="calendar-month">
      <caption>
        {monthName(first.date)}{' '}
        <span className="muted">
          {t('calendar.workingDays', { count: days.filter(({ kind }) => kind === 'working').length })}
        </span>
      </caption>
      <thead>
        <tr>
          {WEEK.map((day) => (
            <th key={day} scope="col" abbr={longWeekday(day)}>
              {shortWeekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, index) => (
          <tr key={index}>
            {week.map((day, at) =>
              day === null ? (
                <td key={at}>{'\u00a0'}</td>
              ) : (
                <td key={day.date}>
                  <button
                    type="button"
                    className="calendar-day"
                    data-kind={day.kind}
                    data-edited={day.origin === 'edit'}
                    data-expected={day.expected}
                    data-today={day.date === todayInAlmaty()}
                    aria-pressed={day.date === chosen}
                    aria-label={`${formatDay(day.date)}, ${t(`services.day_${day.kind}`)}${day.note === null ? '' : `: ${day.note}`}`}
                    title={day.note ?? undefined}
                    onClick={() => onChoose(day.date)}
                  >
                    {Number(day.date.slice(8))}
                  </button>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SpecialDays({ days, onChoose }: { days: readonly CalendarDay[]; onChoose: (date: string) => void }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="special-days">
      <h2 id="special-days">{t('calendar.special')}</h2>
      <TableFrame label={t('calendar.special')}>
        <table className="data-table" data-testid="special-days">
          <thead>
            <tr>
              <th scope="col">{t('services.day')}</th>
              <th scope="col">{t('services.dayKind')}</th>
              <th scope="col">{t('calendar.why')}</th>
              <th scope="col">{t('calendar.origin')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date} data-date={day.date}>
                <td>
                  <button type="button" className="link-button" onClick={() => onChoose(day.date)}>
                    {formatDay(day.date)}, {shortWeekday(weekdayOf(day.date))}
                  </button>
                </td>
                <td>{t(`services.day_${day.kind}`)}</td>
                <td>
                  {day.note}
                  {day.expected ? ` (${t('calendar.expected')})` : ''}
                </td>
                <td>{t(`calendar.origin_${day.origin}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  )
}

/** The working calendar of a year: holidays with their reason, substitute and moved days, and supervisors' changes. */
export function CalendarPage() {
  const { t } = useTranslation()
  const { role } = useSession()
  const [params, setParams] = useSearchParams()
  const chosen = DAY.test(params.get('day') ?? '') ? params.get('day') : null
  const asked = Number(params.get('year'))
  const year = Number.isInteger(asked) && asked > 1900 && asked < 2200 ? asked : Number(todayInAlmaty().slice(0, 4))
  const days = useQuery(calendarYearQuery(year))
  usePageTitle(t('calendar.title'))
  const items = days.data?.items ?? []
  const months = Array.from({ length: 12 }, (_, month) =>
    items.filter(({ date }) => Number(date.slice(5, 7)) === month + 1),
  )
  const goTo = (other: number) => setParams({ year: String(other) }, { replace: true })
  const choose = (day: string | null) =>
    setParams(day === null ? { year: String(year) } : { year: String(year), day }, { replace: true })
  return (
    <div className="page page-services page-calendar">
      <ServicesNav />
      <h1>{t('calendar.title')}</h1>
      <p className="lead">{t('calendar.about')}</p>
      <div className="services-tools" role="group" aria-label={t('calendar.year')}>
        <button type="button" className="button" aria-label={t('calendar.earlier')} onClick={() => goTo(year - 1)}>
          ← {year - 1}
        </button>
        <strong className="calendar-year" aria-live="polite">
          {year}
        </strong>
        <button type="button" className="button" aria-label={t('calendar.later')} onClick={() => goTo(year + 1)}>
          {year + 1} →
        </button>
        {items.length === 0 ? null : (
          <span className="muted">
            {t('calendar.workingDays', { count: items.filter(({ kind }) => kind === 'working').length })}
          </span>
        )}
      </div>
      {days.error === null ? null : <ProblemNotice error={days.error} onRetry={() => void days.refetch()} />}
      {days.isPending ? <Skeleton rows={6} kind="line" /> : null}
      {chosen === null ? null : (
        <DayPanel
          key={chosen}
          date={chosen}
          mayChange={role === 'supervisor' || role === 'admin'}
          onClose={() => choose(null)}
        />
      )}
      {items.length === 0 ? null : (
        <>
          <div className="calendar-months">
            {months.map((month, index) => (
              <Month key={index} days={month} chosen={chosen} onChoose={choose} />
            ))}
          </div>
          <SpecialDays days={items.filter(isSpecial)} onChoose={choose} />
        </>
      )}
    </div>
  )
}
