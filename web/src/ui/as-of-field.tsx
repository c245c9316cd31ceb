import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { todayInAlmaty } from '../text/days.ts'
import { DayInput } from './day-input.tsx'

interface AsOfFieldProps {
  /** Null: today. */
  value: string | null
  onChange: (value: string | null) => void
}

/** The day whose law is shown. */
export function AsOfField({ value, onChange }: AsOfFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const today = todayInAlmaty()
  return (
    <div className="as-of" data-changed={value !== null}>
      <label htmlFor={id}>{t('search.asOf')}</label>
      <DayInput id={id} value={value ?? today} onChange={(day) => onChange(day === today ? null : day)} />
    </div>
  )
}
