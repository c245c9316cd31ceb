import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'

/** Says plainly that another day than today is shown. */
export function AsOfBanner({ value, onReset }: { value: string | null; onReset: () => void }) {
  const { t } = useTranslation()
  if (value === null) return null
  return (
    <div className="banner banner-date" role="status">
      <span>{t('search.asOfBanner', { date: formatDay(value) })}</span>
      <button type="button" className="link-button" onClick={onReset}>
        {t('search.asOfReset')}
      </button>
    </div>
  )
}
