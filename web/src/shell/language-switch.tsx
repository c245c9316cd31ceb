import { useTranslation } from 'react-i18next'
import { Segmented } from '../ui/segmented.tsx'
import { chooseUiLang, uiLang, type UiLang } from '../i18n/i18n.ts'

const OPTIONS: readonly { value: UiLang; label: string; title: string; lang: string }[] = [
  { value: 'kk', label: 'Қаз', title: 'Қазақша', lang: 'kk' },
  { value: 'ru', label: 'Рус', title: 'Русский', lang: 'ru' },
  { value: 'en', label: 'Eng', title: 'English', lang: 'en' },
]

export function LanguageSwitch() {
  const { t } = useTranslation()
  return (
    <Segmented label={t('lang.ui')} options={OPTIONS} value={uiLang()} onChange={(lang) => void chooseUiLang(lang)} />
  )
}
