import i18next from 'i18next'

const UNITS = { ru: ['Б', 'КиБ', 'МиБ'], kk: ['Б', 'КиБ', 'МиБ'], en: ['B', 'KiB', 'MiB'] } as const

/** A size as people read it: «512 Б», «1,4 МиБ». */
export function formatBytes(bytes: number): string {
  const lang = i18next.language === 'kk' || i18next.language === 'en' ? i18next.language : 'ru'
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2
  const size = (bytes / 1024 ** step).toLocaleString(lang, { maximumFractionDigits: step === 0 ? 0 : 1 })
  return `${size} ${UNITS[lang][step]}`
}
