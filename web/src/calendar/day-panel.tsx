import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { TextField } from '../services/text-field.tsx'
import { formatDay, formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { calendarDayQuery } from './queries.ts'
import type { CalendarDay, DayKind, DayWithHistory } from './types.ts'

const KINDS: readonly DayKind[] = ['working', 'weekend', 'holiday', 'moved']
const SHORTEST = 5

function ChangeDay({ day, isEdited }: { day: CalendarDay; isEdited: boolean }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const id = useId()
  const [kind, setKind] = useState<DayKind>(day.kind === 'working' ? 'moved' : 'working')
  const [reason, setReason] = useState('')
  const [decree, setDecree] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < SHORTEST
  const after = async (said: string) => {
    setReason('')
    setDecree('')
    setTried(false)
    say(said)
    // Every term shown was counted on the day as it was.
    await queries.invalidateQueries()
  }
  const set = useMutation({
    mutationFn: () =>
      read(
        api.calendar.days[':date'].$put({
          param: { date: day.date },
          json: { kind, reason: reason.trim(), decree: decree.trim() === '' ? null : decree.trim() },
        }),
      ),
    onSuccess: () => after(t('calendar.saved')),
  })
  const clear = useMutation({
    mutationFn: () =>
      read(api.calendar.days[':date'].$delete({ param: { date: day.date }, query: { reason: reason.trim() } })),
    onSuccess: () => after(t('calendar.cleared')),
  })
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isShort) set.mutate()
  }
  const error = set.error ?? clear.error
  const isPending = set.isPending || clear.isPending
  return (
    <form className="form" onSubmit={send} noValidate aria-label={t('calendar.set')}>
      <h3>{t('calendar.set')}</h3>
      <div className="form-field">
        <label htmlFor={id}>{t('calendar.kind')}</label>
        <select id={id} value={kind} onChange={(event) => setKind(event.target.value as DayKind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`services.day_${one}`)}
            </option>
          ))}
        </select>
      </div>
      <TextField
        label={t('calendar.reason')}
        hint={t('calendar.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        error={tried && isShort ? t('calendar.reasonHint') : null}
      />
      <TextField label={t('calendar.decree')} value={decree} onChange={setDecree} maxLength={200} />
      {error === null ? null : <ProblemNotice error={error} />}
      <div className="services-tools">
        <button type="submit" className="button button-primary" disabled={isPending}>
          {t('calendar.save')}
        </button>
        {isEdited ? (
          <button
            type="button"
            className="button"
            disabled={isPending}
            onClick={() => {
              setTried(true)
              if (!isShort) clear.mutate()
            }}
          >
            {t('calendar.clear')}
          </button>
        ) : null}
      </div>
    </form>
  )
}

function History({ edits }: { edits: DayWithHistory['edits'] }) {
  const { t } = useTranslation()
  if (edits.length === 0) return <p className="muted">{t('calendar.noHistory')}</p>
  return (
    <ol className="plain-list" data-testid="day-history">
      {edits.map((edit) => (
        <li key={edit.at}>
          {formatMoment(edit.at)}, {edit.actorName}:{' '}
          {edit.kind === null ? t('calendar.given') : t(`services.day_${edit.kind}`)}
          <span className="sub-line">
            {edit.reason}
            {edit.decree === null ? '' : ` · ${edit.decree}`}
          </span>
        </li>
      ))}
    </ol>
  )
}

interface DayPanelProps {
  date: string
  mayChange: boolean
  onClose: () => void
}

/** One day: what it is and why, who said so and when, and, for supervisors, another word on it. */
export function DayPanel({ date, mayChange, onClose }: DayPanelProps) {
  const { t } = useTranslation()
  const day = useQuery(calendarDayQuery(date))
  return (
    <section className="card calendar-day-panel" aria-labelledby="calendar-day" data-testid="calendar-day">
      <div className="services-tools">
        <h2 id="calendar-day">{formatDay(date)}</h2>
        <button type="button" className="link-button" onClick={onClose}>
          {t('calendar.close')}
        </button>
      </div>
      {day.error === null ? null : <ProblemNotice error={day.error} onRetry={() => void day.refetch()} />}
      {day.isPending ? <Skeleton rows={2} kind="line" /> : null}
      {day.data === undefined ? null : (
        <>
          <p>
            <span className="state">{t(`services.day_${day.data.day.kind}`)}</span>{' '}
            {day.data.day.note ?? t('calendar.noNote')}
            <span className="sub-line">{t(`calendar.origin_${day.data.day.origin}`)}</span>
          </p>
          <h3>{t('calendar.history')}</h3>
          <History edits={day.data.edits} />
          {mayChange ? <ChangeDay key={date} day={day.data.day} isEdited={day.data.day.origin === 'edit'} /> : null}
        </>
      )}
    </section>
  )
}
