import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { timelineQuery } from '../api/queries.ts'
import type { Edition, KnownEdition, Lang } from '../api/types.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

const KNOWN_FROM = {
  text: 'act.source',
  notes: 'act.knownFromNotes',
  'other-language': 'act.knownFromOtherLanguage',
  publisher: 'act.knownFromPublisher',
} as const

function Held({ edition }: { edition: Edition }) {
  const { t } = useTranslation()
  return (
    <li className="version">
      <div className="version-head">
        <span className="version-number">{formatDay(edition.date)}</span>
        <LangBadge lang={edition.lang} />
      </div>
      <ul className="version-facts">
        <li>
          {t('act.source')}: {edition.sourceName}, {t('act.imported', { when: formatMoment(edition.importedAt) })}
        </li>
        <li className="sha">SHA-256 {edition.sourceSha256}</li>
      </ul>
    </li>
  )
}

function NotHeld({ edition, lang }: { edition: KnownEdition; lang: Lang }) {
  const { t } = useTranslation()
  return (
    <li className="version version-known" data-testid="edition-not-held">
      <div className="version-head">
        <span className="version-number">{formatDay(edition.date)}</span>
        <LangBadge lang={lang} />
        <span className="state">{t('act.notHeld')}</span>
      </div>
      <ul className="version-facts">
        <li>
          {t('act.causedBy', { number: edition.by.number, date: formatDay(edition.by.date) })};{' '}
          {t('act.knownFrom', { where: edition.knownFrom.map((from) => t(KNOWN_FROM[from])).join(', ') })}
        </li>
      </ul>
    </li>
  )
}

/** The editions of an act, newest first: held texts, and those that are only known of. */
export function EditionList({ actId, editions }: { actId: string; editions: readonly Edition[] }) {
  const timeline = useQuery(timelineQuery(actId))
  const known = (timeline.data?.languages ?? []).flatMap(({ lang, editions: all }) =>
    all.filter(({ editionId }) => editionId === null).map((edition) => ({ lang, edition })),
  )
  const rows = [
    ...editions.map((held) => ({ date: held.date, node: <Held key={held.editionId} edition={held} /> })),
    ...known.map(({ lang, edition }) => ({
      date: edition.date,
      node: <NotHeld key={`${lang}${edition.date}${edition.by.number}`} edition={edition} lang={lang} />,
    })),
  ].sort((one, other) => other.date.localeCompare(one.date))
  return (
    <>
      {timeline.error === null ? null : (
        <ProblemNotice error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      <ol className="versions">{rows.map(({ node }) => node)}</ol>
    </>
  )
}
