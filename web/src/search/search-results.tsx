import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ServerGoneError } from '../api/api-error.ts'
import type { SearchHit, SearchResult } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { DegradedNotice } from './degraded-notice.tsx'
import type { SearchInput } from './hit-explanation.tsx'
import { HitList } from './hit-list.tsx'
import type { ListedHit, Unfolded } from './use-listed-hits.ts'
import type { SearchState } from './use-search-params.ts'

interface SearchResultsProps {
  state: SearchState
  result: SearchResult | undefined
  stale: boolean
  listed: readonly ListedHit[]
  explained: SearchInput | null
  error: Error | null
  unfolded: Unfolded
  links: RefObject<(HTMLAnchorElement | null)[]>
  onGroup: (hit: SearchHit) => void
  onSwitch: (hit: SearchHit) => void
  onHitKey: (event: KeyboardEvent, index: number) => void
  onUndoCorrection: () => void
  onRetry: () => void
}

function Correction({ state, result, onUndo }: { state: SearchState; result: SearchResult; onUndo: () => void }) {
  const { t } = useTranslation()
  if (result.correctedTo === null) return null
  return (
    <p className="correction">
      {t('search.correctedTo', { to: result.correctedTo })}
      {result.correctionKind === null ? null : ` (${t(`search.correction_${result.correctionKind}`)})`}{' '}
      <button type="button" className="link-button" onClick={onUndo}>
        {t('search.undoCorrection', { q: state.q })} <Kbd>Alt U</Kbd>
      </button>
    </p>
  )
}

/** What is quoted stands in no passage: what is shown instead is said. */
function PhraseNotice({ result: { phrases, hits } }: { result: SearchResult }) {
  const { t } = useTranslation()
  if (phrases === null || phrases.held || hits.length === 0) return null
  return (
    <p className="notice" role="status" data-testid="phrase-not-held">
      {t('search.phraseNotHeld', { phrase: phrases.asked.map((phrase) => t('search.quoted', { phrase })).join(', ') })}
    </p>
  )
}

/** The question's language had too little: what comes from the other one is named here and at each passage. */
function AcrossNotice({ result: { crossLanguage, hits } }: { result: SearchResult }) {
  const { t } = useTranslation()
  if (crossLanguage === null || !hits.some(({ lang }) => lang === crossLanguage.to)) return null
  return (
    <p className="notice" role="status" data-testid="across-languages">
      {t(`search.across_${crossLanguage.to}`)}
    </p>
  )
}

export function SearchResults({
  state,
  result,
  stale,
  listed,
  explained,
  error,
  unfolded,
  links,
  onGroup,
  onSwitch,
  onHitKey,
  onUndoCorrection,
  onRetry,
}: SearchResultsProps) {
  const { t } = useTranslation()
  if (result === undefined)
    return error === null ? <Skeleton rows={6} kind="hit" /> : <ProblemNotice error={error} onRetry={onRetry} />
  const { hits } = result
  return (
    <>
      {error === null || error instanceof ServerGoneError ? null : <ProblemNotice error={error} onRetry={onRetry} />}
      <DegradedNotice degraded={result.degraded} />
      <Correction state={state} result={result} onUndo={onUndoCorrection} />
      <PhraseNotice result={result} />
      <AcrossNotice result={result} />
      {hits.length > 0 ? (
        <HitList
          listed={listed}
          q={state.q}
          foreign={result.crossLanguage?.to ?? null}
          asOf={state.asOf}
          explained={stale ? null : explained}
          stale={stale}
          unfolded={unfolded}
          links={links}
          onKeyDown={onHitKey}
          onGroup={onGroup}
          onSwitch={onSwitch}
        />
      ) : stale ? null : (
        <div className="nothing">
          <p className="nothing-title">{t('search.nothing', { q: state.q })}</p>
          <p>{t('search.nothingHint')}</p>
          {state.kind === null && state.agency === null && state.service === null ? null : (
            <p>{t('search.nothingFacets')}</p>
          )}
          {explained === null ? null : (
            <p>
              <Link to={`/synonyms?${new URLSearchParams({ example: state.q })}`}>{t('queryLog.synonym')}</Link>
            </p>
          )}
          {state.asOf === null ? null : <p>{t('search.nothingDate', { date: formatDay(state.asOf) })}</p>}
        </div>
      )}
    </>
  )
}
