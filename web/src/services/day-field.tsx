import { useId } from 'react'
import { DayInput } from '../ui/day-input.tsx'

interface DayFieldProps {
  label: string
  value: string
  onChange: (day: string) => void
  error: string | null
}

export function DayField({ label, value, onChange, error }: DayFieldProps) {
  const id = useId()
  return (
    <div className="form-field form-field-day">
      <label htmlFor={id}>{label}</label>
      <DayInput id={id} value={value} onChange={onChange} />
      <p className="form-error" role="alert">
        {error}
      </p>
    </div>
  )
}
