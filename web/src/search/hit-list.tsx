import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lang, SearchHit } from '../api/types.ts'
import type { SearchInput } from './hit-explanation.tsx'
import { HitRow } from './hit-row.tsx'
import type { ListedHit, Unfolded } from './use-listed-hits.ts'

interface HitListProps {
  listed: readonly ListedHit[]
  q: string
  /** The language that the question was not asked in, where its own had too little. */
  foreign: Lang | null
  asOf: string | null
  explained: SearchInput | null
  /** Results of the query before, shown until those of this one arrive. */
  stale: boolean
  unfolded: Unfolded
  links: RefObject<(HTMLAnchorElement | null)[]>
  onKeyDown: (event: KeyboardEvent, index: number) => void
  onGroup: (hit: SearchHit) => void
  onSwitch: (hit: SearchHit) => void
}

export function HitList(props: HitListProps) {
  const { listed, q, foreign, asOf, explained, stale, unfolded, links, onKeyDown, onGroup, onSwitch } = props
  const { t } = useTranslation()
  return (
    <ol className="hits" aria-label={t('search.results')} data-stale={stale}>
      {listed.map(({ hit, isUnder }, index) => (
        <HitRow
          key={hit.passageId}
          ref={(element) => {
            links.current[index] = element
          }}
          hit={hit}
          q={q}
          isUnder={isUnder}
          isForeign={hit.lang === foreign}
          isOpen={unfolded.groups.has(hit.passageId)}
          isSwitched={unfolded.switched.has(hit.passageId)}
          asOf={asOf}
          explained={isUnder ? null : explained}
          onKeyDown={(event) => onKeyDown(event, index)}
          onGroup={() => onGroup(hit)}
          onSwitch={() => onSwitch(hit)}
        />
      ))}
    </ol>
  )
}
