import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lang, SearchHit } from '../api/types.ts'
import type { SearchInput } from './hit-explanation.tsx'
import { HitRow } from './hit-row.tsx'

interface HitListProps {
  hits: readonly SearchHit[]
  /** The language that the question was not asked in, where its own had too little. */
  foreign: Lang | null
  asOf: string | null
  explained: SearchInput | null
  /** Results of the query before, shown until those of this one arrive. */
  stale: boolean
  links: RefObject<(HTMLAnchorElement | null)[]>
  onKeyDown: (event: KeyboardEvent, index: number) => void
}

export function HitList({ hits, foreign, asOf, explained, stale, links, onKeyDown }: HitListProps) {
  const { t } = useTranslation()
  return (
    <ol className="hits" aria-label={t('search.results')} data-stale={stale}>
      {hits.map((hit, index) => (
        <HitRow
          key={hit.passageId}
          ref={(element) => {
            links.current[index] = element
          }}
          hit={hit}
          isForeign={hit.lang === foreign}
          asOf={asOf}
          explained={explained}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      ))}
    </ol>
  )
}
