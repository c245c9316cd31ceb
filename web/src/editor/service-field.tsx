import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serviceChoiceQuery, serviceNameQuery } from '../services/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDebounced } from '../ui/use-debounced.ts'

const REST_MS = 250

interface ServiceFieldProps {
  value: string | null
  /** Services of this body alone are offered; null: of all. */
  agencyId: string | null
  disabled: boolean
  onChange: (serviceId: string | null) => void
}

/**
 * The service that the article is about: found by name or number, kept by id. What is chosen stays in the list whatever is looked for, also another
 * body's, and an id that no service has.
 */
export function ServiceField({ value, agencyId, disabled, onChange }: ServiceFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const wanted = useDebounced(text.trim(), REST_MS)
  const found = useQuery({
    ...serviceChoiceQuery({ agencyId, q: wanted === '' ? null : wanted }),
    enabled: !disabled,
  })
  const items = found.data?.items ?? []
  const isOffered = items.some((service) => service.id === value)
  // Asked for as soon as it is chosen: a search that no longer offers it leaves its name standing.
  const chosen = useQuery(serviceNameQuery(value))
  const nameOf = (service: { registryNumber: string; name: string }) => `${service.registryNumber} ${service.name}`
  return (
    <>
      {disabled ? null : (
        <div className="form-field">
          <label htmlFor={`${id}-find`}>{t('editorial.findService')}</label>
          <input
            id={`${id}-find`}
            type="search"
            autoComplete="off"
            maxLength={200}
            placeholder={t('editorial.findServiceBy')}
            value={text}
            aria-controls={`${id}-service`}
            aria-describedby={`${id}-said`}
            onChange={(event) => setText(event.target.value)}
          />
          <span id={`${id}-said`} className="form-hint" role="status">
            {found.data === undefined
              ? null
              : items.length === 0
                ? t(agencyId === null ? 'editorial.servicesNone' : 'editorial.servicesNoneOfBody')
                : found.data.nextCursor === null
                  ? null
                  : t('editorial.servicesMore', { most: String(items.length) })}
          </span>
          {found.error === null ? null : <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        </div>
      )}
      <div className="form-field facts-double">
        <label htmlFor={`${id}-service`}>{t('editorial.fieldService')}</label>
        <select
          id={`${id}-service`}
          value={value ?? ''}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{t('editorial.noService')}</option>
          {value === null || isOffered ? null : (
            <option value={value}>
              {chosen.data === undefined
                ? value
                : chosen.data === null
                  ? t('editorial.unknownId', { id: value })
                  : nameOf(chosen.data)}
            </option>
          )}
          {items.map((service) => (
            <option key={service.id} value={service.id}>
              {nameOf(service)}
            </option>
          ))}
        </select>
      </div>
    </>
  )
}
