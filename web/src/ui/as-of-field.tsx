import { useTranslation } from 'react-i18next'
import { formatDay, todayInAlmaty } from '../text/days.ts'

interface AsOfFieldProps {
  /** Null: today. */
  value: string | null
  onChange: (value: string | null) => void
}

/** The day whose law is shown. */
export function AsOfField({ value, onChange }: AsOfFieldProps) {
  const { t } = useTranslation()
  const today = todayInAlmaty()
  return (
    <label className="as-of" data-changed={value !== null}>
      <span>{t('search.asOf')}</span>
      <input
        type="date"
        className="date-input"
        value={value ?? today}
        max="2100-12-31"
        min="1991-12-16"
        onChange={(event) => {
          const day = event.target.value
          // A half-typed year is no day yet.
          if (day !== '' && day < '1991-12-16') return
          onChange(day === '' || day === today ? null : day)
        }}
      />
    </label>
  )
}

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
