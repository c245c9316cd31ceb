import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { DayInput } from '../ui/day-input.tsx'
import type { AskedPublicationDay } from './impact-types.ts'

export const keyOfDay = ({ date, number }: Pick<AskedPublicationDay, 'date' | 'number'>): string => `${date} ${number}`

interface DayRowProps {
  asked: AskedPublicationDay
  value: string
  onChange: (day: string) => void
}

function DayRow({ asked, value, onChange }: DayRowProps) {
  const { t } = useTranslation()
  const id = useId()
  const isWrong = value !== '' && (value < asked.date || value > todayInAlmaty())
  return (
    <div className="publication-day" data-testid="publication-day">
      <label htmlFor={id}>
        {t('impact.dayOf', { kind: asked.kind, number: asked.number, date: formatDay(asked.date) })}
      </label>
      <DayInput id={id} value={value} onChange={onChange} />
      <span className={isWrong ? 'form-error' : 'muted'}>
        {t(asked.publishedOn === null ? 'impact.inForceNotBefore' : 'impact.inForceFrom', {
          date: formatDay(asked.inForceFrom),
        })}
      </span>
    </div>
  )
}

interface PublicationDayFieldsProps {
  asked: readonly AskedPublicationDay[]
  values: ReadonlyMap<string, string>
  onChange: (values: ReadonlyMap<string, string>) => void
}

/** A field for every act whose day of publication decides when something enters into force. */
export function PublicationDayFields({ asked, values, onChange }: PublicationDayFieldsProps) {
  return (
    <div className="publication-days">
      {asked.map((one) => (
        <DayRow
          key={keyOfDay(one)}
          asked={one}
          value={values.get(keyOfDay(one)) ?? one.publishedOn ?? ''}
          onChange={(day) => onChange(new Map(values).set(keyOfDay(one), day))}
        />
      ))}
    </div>
  )
}

interface Filled {
  date: string
  number: string
  publishedOn: string
}

/** All that was filled in: a look that counted with a day does not keep it. */
export const filledDays = (asked: readonly AskedPublicationDay[], values: ReadonlyMap<string, string>): Filled[] =>
  asked.flatMap((one) => {
    const day = values.get(keyOfDay(one)) ?? ''
    return day === '' ? [] : [{ date: one.date, number: one.number, publishedOn: day }]
  })

/** What was filled in and is another day than the one that is known. */
export const newDays = (asked: readonly AskedPublicationDay[], values: ReadonlyMap<string, string>): Filled[] =>
  filledDays(asked, values).filter(
    (given) => !asked.some((one) => keyOfDay(one) === keyOfDay(given) && one.publishedOn === given.publishedOn),
  )
