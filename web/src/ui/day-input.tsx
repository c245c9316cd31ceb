import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, parseDay } from '../text/days.ts'
import { Icon } from './icon.tsx'

interface DayInputProps {
  id: string
  value: string
  onChange: (day: string) => void
}

/** A day, typed as documents of the country write it, or picked from the browser's calendar. */
export function DayInput({ id, value, onChange }: DayInputProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const typed = draft === null ? value : parseDay(draft)
  const commit = () => {
    if (typed !== null && typed !== value) onChange(typed)
    setDraft(null)
  }
  return (
    <span className="day-input">
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        value={draft ?? formatDay(value)}
        aria-invalid={typed === null}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && draft !== null) {
            event.preventDefault()
            commit()
          } else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation()
            setDraft(null)
          }
        }}
      />
      <button
        type="button"
        aria-label={t('common.calendar')}
        title={t('common.calendar')}
        onClick={() => picker.current?.showPicker()}
      >
        <Icon name="calendar" size={15} />
      </button>
      <input
        ref={picker}
        type="date"
        className="day-input-picker"
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        onChange={(event) => {
          if (event.target.value !== '') onChange(event.target.value)
        }}
      />
    </span>
  )
}
