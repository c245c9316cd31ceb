import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, parseDay } from '../text/days.ts'

interface OptionalDayProps {
  label: string
  /** What an empty field means. */
  empty: string
  value: string | null
  disabled: boolean
  onChange: (day: string | null) => void
}

/** A day that may be left out. */
export function OptionalDay({ label, empty, value, disabled, onChange }: OptionalDayProps) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && typed.trim() !== '' && parseDay(typed) === null
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        placeholder={empty}
        disabled={disabled}
        value={typed ?? (value === null ? '' : formatDay(value))}
        aria-invalid={wrong}
        aria-describedby={`${id}-error`}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          const day = text.trim() === '' ? null : parseDay(text)
          if ((day !== null || text.trim() === '') && day !== value) onChange(day)
        }}
        onBlur={() => {
          if (!wrong) setTyped(null)
        }}
      />
      <p id={`${id}-error`} className="form-error">
        {wrong ? t('editorial.badDay') : null}
      </p>
    </div>
  )
}
