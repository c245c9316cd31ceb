import { useTranslation } from 'react-i18next'
import type { Lang } from '../api/types.ts'

export function LangBadge({ lang }: { lang: Lang }) {
  const { t } = useTranslation()
  return (
    <span className="lang-badge" title={`${t('common.langOf')}: ${t(`lang.${lang}`)}`}>
      <span aria-hidden="true">{lang === 'ru' ? t('lang.ruShort') : t('lang.kkShort')}</span>
      <span className="visually-hidden">{t(`lang.${lang}`)}</span>
    </span>
  )
}
