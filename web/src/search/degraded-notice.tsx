import { useTranslation } from 'react-i18next'
import type { SearchResult } from '../api/types.ts'

/** A part of the search that is not answering: what is shown comes from what is left. */
export function DegradedNotice({ degraded }: { degraded: SearchResult['degraded'] }) {
  const { t } = useTranslation()
  return degraded.map(({ part, servedBy }) => (
    <p key={part} className="notice notice-warn" role="status">
      {t(
        part === 'words'
          ? 'search.degradedWords'
          : servedBy === null
            ? 'search.degradedMeaning'
            : 'search.degradedMeaningPlain',
      )}
    </p>
  ))
}
