import { z } from 'zod'

const locales = { ru: z.locales.ru().localeError, en: z.locales.en().localeError }

/** Says what is wrong with a value in the reader's language. zod has no Kazakh, so the usual cases are ours. */
export function describeIssue(issue: z.core.$ZodIssue, lang: 'ru' | 'kk' | 'en'): string {
  if (lang !== 'kk') {
    const said = locales[lang](issue as z.core.$ZodRawIssue)
    return (typeof said === 'string' ? said : said?.message) ?? issue.message
  }
  switch (issue.code) {
    case 'too_small':
      return `Мән тым кіші: кемінде ${issue.minimum} болуы керек`
    case 'too_big':
      return `Мән тым үлкен: ең көбі ${issue.maximum} болуы керек`
    case 'invalid_type':
      return `Түрі сәйкес емес: ${issue.expected} күтілген`
    case 'invalid_format':
      return `Пішімі сәйкес емес: ${issue.format}`
    case 'invalid_value':
      return `Мына мәндердің бірі болуы керек: ${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys':
      return `Белгісіз өрістер: ${issue.keys.join(', ')}`
    default:
      return 'Мән жарамсыз'
  }
}
