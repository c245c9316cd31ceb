import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'

export const UI_LANGS = ['kk', 'ru', 'en'] as const
export type UiLang = (typeof UI_LANGS)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof ru }
  }
}

const STORED = 'bilim.lang'

const isUiLang = (value: string | null | undefined): value is UiLang => UI_LANGS.some((lang) => lang === value)

/** The language chosen before, or the browser's first that the workspace speaks, or Russian. */
function initialLang(): UiLang {
  const stored = localStorage.getItem(STORED)
  if (isUiLang(stored)) return stored
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isUiLang) ?? 'ru'
}

export const uiLang = (): UiLang => (isUiLang(i18next.language) ? i18next.language : 'ru')

export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (lang) => {
    document.documentElement.lang = lang
  })
  await i18next.use(initReactI18next).init({
    lng: initialLang(),
    fallbackLng: 'ru',
    supportedLngs: UI_LANGS,
    resources: { ru: { translation: ru }, kk: { translation: kk }, en: { translation: en } },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  })
}

export async function chooseUiLang(lang: UiLang): Promise<void> {
  localStorage.setItem(STORED, lang)
  await i18next.changeLanguage(lang)
}
