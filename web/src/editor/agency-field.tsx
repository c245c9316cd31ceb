import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { uiLang } from '../i18n/i18n.ts'
import { agencyListQuery } from '../services/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'

interface AgencyFieldProps {
  value: string | null
  disabled: boolean
  onChange: (agencyId: string | null) => void
}

/** Whose matter the article is: chosen by name, kept by id. An id that the directory does not know stays to be seen and mended. */
export function AgencyField({ value, disabled, onChange }: AgencyFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const agencies = useQuery(agencyListQuery)
  const items = agencies.data?.items ?? []
  return (
    <div className="form-field facts-double">
      <label htmlFor={id}>{t('editorial.fieldAgency')}</label>
      <select
        id={id}
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t('editorial.noAgency')}</option>
        {value === null || items.some((agency) => agency.id === value) ? null : (
          <option value={value}>{agencies.data === undefined ? value : t('editorial.unknownId', { id: value })}</option>
        )}
        {items.map((agency) => (
          <option key={agency.id} value={agency.id}>
            {agency.name[uiLang()]}
          </option>
        ))}
      </select>
      {agencies.error === null ? null : (
        <ProblemNotice error={agencies.error} onRetry={() => void agencies.refetch()} />
      )}
    </div>
  )
}
