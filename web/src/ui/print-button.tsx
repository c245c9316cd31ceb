import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

/** Prints the page as it stands. */
export function PrintButton() {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('article.print')}
      title={t('article.print')}
      onClick={() => window.print()}
    >
      <Icon name="print" />
    </button>
  )
}
