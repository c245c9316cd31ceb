import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Facets } from '../api/types.ts'
import type { Narrowing } from './use-search-params.ts'

interface FacetRowProps {
  /** Null: the result was not counted. */
  facets: Facets | null
  chosen: Narrowing
  onChange: (change: Partial<Narrowing>) => void
}

interface Choice {
  value: string
  label: string
  count: number | null
}

function FacetChoice(props: {
  name: string
  all: string
  choices: Choice[]
  chosen: string | null
  onChoose: (value: string | null) => void
}) {
  const { name, all, choices, chosen, onChoose } = props
  const id = useId()
  // What is chosen stays on the page when nothing of it is left, or its counts are not known.
  const listed =
    chosen === null || choices.some(({ value }) => value === chosen)
      ? choices
      : [...choices, { value: chosen, label: chosen, count: null }]
  if (chosen === null && choices.length < 2) return null
  return (
    <span className="facet" data-chosen={chosen !== null}>
      <label htmlFor={id} className="visually-hidden">
        {name}
      </label>
      <select
        id={id}
        value={chosen ?? ''}
        title={name}
        onChange={(event) => onChoose(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{all}</option>
        {listed.map(({ value, label, count }) => (
          <option key={value} value={value}>
            {count === null ? label : `${label} (${count})`}
          </option>
        ))}
      </select>
    </span>
  )
}

/** What the result can be narrowed by: each facet that has more than one value, or is chosen already. Native lists, so any keyboard and reader knows them. */
export function FacetRow({ facets, chosen, onChange }: FacetRowProps) {
  const { t, i18n } = useTranslation()
  const lang = i18n.language === 'kk' ? 'kk' : i18n.language === 'en' ? 'en' : 'ru'
  const named = (values: Facets['agency'] | undefined): Choice[] =>
    (values ?? []).map(({ value, name, count }) => ({ value, label: name[lang], count }))
  const kinds = (facets?.kind ?? []).map(({ value, count }) => ({ value, label: t(`search.kind_${value}`), count }))
  const kind = chosen.kind
  const isChosen = Object.values(chosen).some((value) => value !== null)
  return (
    <div className="facets" role="group" aria-label={t('search.facets')} data-testid="facets">
      <FacetChoice
        name={t('search.facetKind')}
        all={t('search.anyKind')}
        choices={
          kind === null || kinds.some(({ value }) => value === kind)
            ? kinds
            : [...kinds, { value: kind, label: t(`search.kind_${kind}`), count: 0 }]
        }
        chosen={kind}
        onChoose={(value) =>
          onChange({ kind: value === 'act' || value === 'passport' || value === 'article' ? value : null })
        }
      />
      <FacetChoice
        name={t('search.facetAgency')}
        all={t('search.anyAgency')}
        choices={named(facets?.agency)}
        chosen={chosen.agency}
        onChoose={(agency) => onChange({ agency })}
      />
      <FacetChoice
        name={t('search.facetService')}
        all={t('search.anyService')}
        choices={named(facets?.service)}
        chosen={chosen.service}
        onChoose={(service) => onChange({ service })}
      />
      {isChosen ? (
        <button
          type="button"
          className="link-button"
          onClick={() => onChange({ kind: null, agency: null, service: null })}
        >
          {t('search.dropFacets')}
        </button>
      ) : null}
    </div>
  )
}
