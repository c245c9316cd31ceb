import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
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
  /** In another language than the question. */
  isForeign: boolean
  asOf: string | null
  /** The search it was found by, where its reader may be told why it stands there. */
  explained: SearchInput | null
  onKeyDown: (event: KeyboardEvent) => void
}

function hrefOfHit(hit: SearchHit, asOf: string | null): string {
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
export function HitRow({ ref, hit, isForeign, asOf, explained, onKeyDown }: HitRowProps) {
  const { t } = useTranslation()
  const { place, within } = splitLabel(hit.citation?.label ?? '—')
  const passport = passportHref(hit.citation, { lang: hit.lang, asOf })
  const report = useReport()
  const opened = () => report.opened(hit.passageId)
  return (
    <li className="hit" onCopy={() => report.copied(hit.passageId)}>
      <Link
        ref={ref}
        to={hrefOfHit(hit, asOf)}
        state={report.foundBy(hit.passageId)}
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
            {isForeign ? (
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
      {passport === null ? null : (
        <Link to={passport} className="hit-passport" data-testid="hit-passport" onClick={opened} onAuxClick={opened}>
          {t('passport.open')} <Kbd>p</Kbd>
        </Link>
      )}
      {explained === null ? null : <HitExplanation passageId={hit.passageId} input={explained} />}
    </li>
  )
}
