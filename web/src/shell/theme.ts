export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORED = 'bilim.theme'

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED)
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

/** `system` leaves the choice to the style sheet's media query. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset['theme']
    localStorage.removeItem(STORED)
  } else {
    document.documentElement.dataset['theme'] = theme
    localStorage.setItem(STORED, theme)
  }
}
