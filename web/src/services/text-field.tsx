import { useId, type ReactNode } from 'react'

interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  hint?: string
  /** What is wrong with it; anything here marks the field. */
  error?: ReactNode
  /** What is worth a look and stops nothing. */
  remark?: ReactNode
  rows?: number
  maxLength: number
  autoComplete?: string
}

/** A labelled field with its hint, faults and remarks read out together. */
export function TextField({
  label,
  value,
  onChange,
  onBlur,
  hint,
  error = null,
  remark = null,
  rows = 1,
  maxLength,
  autoComplete = 'off',
}: TextFieldProps) {
  const id = useId()
  const common = {
    id,
    value,
    maxLength,
    autoComplete,
    'aria-invalid': error !== null,
    'aria-describedby': `${id}-hint ${id}-error ${id}-remark`,
    ...(onBlur === undefined ? {} : { onBlur }),
  }
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {rows === 1 ? (
        <input type="text" {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea rows={rows} {...common} onChange={(event) => onChange(event.target.value)} />
      )}
      <p id={`${id}-hint`} className="form-hint">
        {hint}
      </p>
      <div id={`${id}-error`} className="form-error" aria-live="polite">
        {error}
      </div>
      <div id={`${id}-remark`} className="form-remark">
        {remark}
      </div>
    </div>
  )
}
