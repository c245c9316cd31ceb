import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { UpdateRequest } from './types.ts'

export type Protection = UpdateRequest['answerProtection']
/** In the order of choice. */
export const PROTECTIONS = [
  'none',
  'state-secret',
  'commercial-secret',
  'other-secret',
] as const satisfies readonly Protection[]

interface ProtectionFieldProps<Mark extends string> {
  value: Mark
  options: readonly Mark[]
  onChange: (value: Mark) => void
}

/** Whether what is told is protected by law (п. 25); where it was sent by mistake, whether it is withdrawn. */
export function ProtectionField<Mark extends Protection | 'withdraw'>(props: ProtectionFieldProps<Mark>) {
  const { value, options, onChange } = props
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="form-field">
      <label htmlFor={id}>{t('gate.protection')}</label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const chosen = options.find((one) => one === event.target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {options.map((one: Protection | 'withdraw') => (
          <option key={one} value={one}>
            {t(`gate.protection_${one}`)}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="form-hint">
        {t('gate.protectionHint')}
      </p>
    </div>
  )
}
