import { useTranslation } from 'react-i18next'
import type { Version } from '../api/types.ts'
import { formatDay } from '../text/days.ts'

/** From when the text is in force; where the date of publication is not known, says so. */
export function ValidityNote({ version }: { version: Pick<Version, 'validFrom' | 'validFromKnown' | 'validTo'> }) {
  const { t } = useTranslation()
  const date = formatDay(version.validFrom)
  const until = version.validTo === null ? '' : ` ${t('edition.until', { date: formatDay(version.validTo) })}`
  if (version.validFromKnown) return <span>{`${t('edition.since', { date })}${until}`}</span>
  return (
    <span className="uncertain">
      {t('edition.unknown', { date })}
      {until}
    </span>
  )
}
