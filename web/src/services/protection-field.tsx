import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export const PROTECTIONS = ['none', 'state-secret', 'commercial-secret', 'other-secret'] as const
export type Protection = (typeof PROTECTIONS)[number]

const isProtection = (value: string): value is Protection => PROTECTIONS.some((one) => one === value)

/** Whether what is told is protected by law (п. 25). */
export function ProtectionField({ value, onChange }: { value: Protection; onChange: (value: Protection) => void }) {
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
          if (isProtection(event.target.value)) onChange(event.target.value)
        }}
      >
        {PROTECTIONS.map((one) => (
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
