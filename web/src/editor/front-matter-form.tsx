import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { actListQuery } from '../api/queries.ts'
import { AgencyField } from './agency-field.tsx'
import { OptionalDay } from './optional-day.tsx'
import { ServiceField } from './service-field.tsx'
import type { DraftContent } from './types.ts'

interface FrontMatterFormProps {
  content: DraftContent
  disabled: boolean
  /** The address of an article that exists does not move. */
  slugFixed: boolean
  onChange: (part: Partial<DraftContent>) => void
}

/** What stands in the front matter of the article's file, as a form. */
export function FrontMatterForm({ content, disabled, slugFixed, onChange }: FrontMatterFormProps) {
  const { t } = useTranslation()
  const id = useId()
  const acts = useQuery(actListQuery)
  const text = (name: 'title' | 'slug', label: string, fixed = false) => (
    <div className={name === 'title' ? 'form-field facts-wide' : 'form-field'}>
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        type="text"
        autoComplete="off"
        spellCheck={name === 'title'}
        maxLength={name === 'title' ? 300 : 120}
        value={content[name]}
        disabled={disabled || fixed}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </div>
  )
  return (
    <fieldset className="draft-facts">
      <legend className="visually-hidden">{t('editorial.facts')}</legend>
      {text('title', t('editorial.fieldTitle'))}
      {text('slug', t('editorial.fieldSlug'), slugFixed)}
      <div className="form-field">
        <label htmlFor={`${id}-act`}>{t('editorial.fieldAct')}</label>
        <select
          id={`${id}-act`}
          value={content.actId ?? ''}
          disabled={disabled}
          onChange={(event) => onChange({ actId: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">{t('editorial.noAct')}</option>
          {acts.data?.items.map((act) => (
            <option key={act.actId} value={act.actId}>
              {act.annexTitle ?? act.title}
            </option>
          ))}
        </select>
      </div>
      <OptionalDay
        label={t('editorial.fieldValidFrom')}
        empty={t('editorial.fromPublication')}
        value={content.validFrom}
        disabled={disabled}
        onChange={(validFrom) => onChange({ validFrom })}
      />
      <OptionalDay
        label={t('editorial.fieldValidTo')}
        empty={t('editorial.noEnd')}
        value={content.validTo}
        disabled={disabled}
        onChange={(validTo) => onChange({ validTo })}
      />
      <OptionalDay
        label={t('editorial.fieldReviewBy')}
        empty={t('editorial.noDate')}
        value={content.reviewBy}
        disabled={disabled}
        onChange={(reviewBy) => onChange({ reviewBy })}
      />
      <AgencyField value={content.agencyId} disabled={disabled} onChange={(agencyId) => onChange({ agencyId })} />
      <ServiceField
        value={content.serviceId}
        agencyId={content.agencyId}
        disabled={disabled}
        onChange={(serviceId) => onChange({ serviceId })}
      />
    </fieldset>
  )
}
