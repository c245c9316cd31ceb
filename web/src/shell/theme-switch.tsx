import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import { applyTheme, storedTheme, THEMES } from './theme.ts'

const ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const

/** One button that goes round: system, light, dark. */
export function ThemeSwitch() {
  const { t } = useTranslation()
  const [theme, setTheme] = useState(storedTheme)
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  const label = `${t('theme.label')}: ${t(`theme.${theme}`)}`
  return (
    <button
      type="button"
      className="icon-button"
      data-testid="theme-switch"
      aria-label={label}
      title={label}
      onClick={() => {
        applyTheme(next)
        setTheme(next)
      }}
    >
      <Icon name={ICONS[theme]} />
    </button>
  )
}
