import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { passageQuery } from '../api/queries.ts'
import type { SearchHit } from '../api/types.ts'
import { passportHref } from '../passports/passport-href.ts'
import { editionLine, validityLine } from '../text/edition-line.ts'
import { HighlightedText } from '../ui/highlighted-text.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { LanguageDifferences } from '../ui/language-differences.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { LangBadge } from '../ui/lang-badge.tsx'
import { HitExplanation, type SearchInput } from './hit-explanation.tsx'
import { useReport } from './report-use.ts'

interface HitRowProps {
  ref: Ref<HTMLAnchorElement>
  hit: SearchHit
  q: string
  /** Stands under the first hit of its article. */
  isUnder: boolean
  /** The other hits of its article are shown. */
  isOpen: boolean
  /** Its text is shown in the other language. */
  isSwitched: boolean
  /** In another language than the question. */
  isForeign: boolean
  asOf: string | null
  /** The search it was found by, where its reader may be told why it stands there. */
  explained: SearchInput | null
  onKeyDown: (event: KeyboardEvent) => void
  onGroup: () => void
  onSwitch: () => void
}

function hrefOfHit(hit: Pick<SearchHit, 'articleId' | 'lang' | 'citation'>, asOf: string | null): string {
  const params = new URLSearchParams(asOf === null ? {} : { asOf })
  params.set('lang', hit.lang)
  return `/articles/${encodeURIComponent(hit.articleId)}?${params}${hit.citation === null ? '' : `#${hit.citation.anchor}`}`
}

/** «Правила (прил. 1), прил. 1, п. 3 Перечня»: the place first, what it stands in behind it. */
function splitLabel(label: string): { place: string; within: string } {
  const at = label.lastIndexOf(', ')
  return at < 0 ? { place: label, within: '' } : { place: label.slice(at + 2), within: label.slice(0, at) }
}

/** A passage: where it stands, what it says, in which wording. */
export function HitRow(props: HitRowProps) {
  const { ref, hit: found, q, isUnder, isOpen, isSwitched, isForeign, asOf, explained } = props
  const { onKeyDown, onGroup, onSwitch } = props
  const { t } = useTranslation()
  const { counterpart } = found
  const twin = useQuery({
    ...passageQuery({ passageId: counterpart?.passageId ?? '', q, asOf }),
    enabled: isSwitched && counterpart !== null,
    placeholderData: keepPreviousData,
  })
  // Until the other text is there the one that was found stays.
  const hit = isSwitched && twin.data !== undefined ? twin.data : found
  const isOther = hit !== found
  const { place, within } = splitLabel(hit.citation?.label ?? '—')
  const passport = passportHref(hit.citation, { lang: hit.lang, asOf })
  const report = useReport()
  const opened = () => report.opened(found.passageId)
  return (
    <li
      className={isUnder ? 'hit hit-under' : 'hit'}
      data-testid="hit-row"
      onCopy={() => report.copied(found.passageId)}
    >
      <Link
        ref={ref}
        to={hrefOfHit(hit, asOf)}
        state={report.foundBy(found.passageId)}
        className="hit-link"
        data-testid="hit"
        onClick={opened}
        onAuxClick={opened}
        onKeyDown={onKeyDown}
      >
        <span className="hit-label" lang={hit.lang}>
          {place}
          {within === '' ? null : <span className="hit-within"> {within}</span>}
        </span>
        <span className="hit-main">
          <span className="hit-head">
            <span className="hit-title" lang={hit.lang}>
              {hit.title}
            </span>
            {isForeign && !isOther ? (
              <span className="lang-badge" data-testid="hit-foreign">
                {t(`search.textIn_${hit.lang}`)}
              </span>
            ) : (
              <LangBadge lang={hit.lang} />
            )}
          </span>
          <span className="hit-text" lang={hit.lang}>
            <HighlightedText text={hit.text} ranges={hit.highlights} />
          </span>
          <SourceChangeNote changed={hit.sourceChanged} coming={hit.changesOn} plain />
          <LanguageDifferences list={hit.languageDifferences} />
          {hit.citation === null ? null : (
            <span className="hit-edition">
              {editionLine(hit.citation.edition, t)} · {validityLine(hit.citation, t)}
            </span>
          )}
        </span>
      </Link>
      <div className="hit-more">
        {passport === null ? null : (
          <Link to={passport} className="hit-passport" data-testid="hit-passport" onClick={opened} onAuxClick={opened}>
            {t('passport.open')} <Kbd>p</Kbd>
          </Link>
        )}
        {counterpart === null ? null : (
          <button
            type="button"
            className="link-button"
            data-testid="hit-switch"
            aria-pressed={isOther}
            onClick={onSwitch}
          >
            {t(`search.showIn_${isOther ? found.lang : counterpart.lang}`)} <Kbd>l</Kbd>
          </button>
        )}
        {found.moreInArticle === 0 ? null : (
          <button
            type="button"
            className="link-button"
            data-testid="hit-group"
            aria-expanded={isOpen}
            onClick={onGroup}
          >
            {isOpen ? t('search.lessInArticle') : t('search.moreInArticle', { count: found.moreInArticle })}{' '}
            <Kbd>{isOpen ? '←' : '→'}</Kbd>
          </button>
        )}
      </div>
      {isOther ? (
        <p className="visually-hidden" role="status" data-testid="hit-said">
          {t(`search.shownIn_${hit.lang}`)} <span lang={hit.lang}>{`${hit.citation?.label ?? ''}. ${hit.text}`}</span>
        </p>
      ) : null}
      {explained === null ? null : <HitExplanation passageId={found.passageId} input={explained} />}
    </li>
  )
}
