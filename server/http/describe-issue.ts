import type { z } from 'zod'
import type { Said } from '#server/errors.ts'

type UiLang = keyof Said

/**
 * What a check of our own says, for `refine` and `addIssue`: its words in every language of the interface.
 * @returns the options that zod takes; without a reader's language (logs, the terminal) it is the Russian ones
 */
export const withWords = (said: Said): { message: string; params: { said: Said } } => ({
  message: said.ru,
  params: { said },
})

const TYPES: Record<string, Said> = {
  string: { ru: 'текст', kk: 'мәтін', en: 'a text' },
  number: { ru: 'число', kk: 'сан', en: 'a number' },
  int: { ru: 'целое число', kk: 'бүтін сан', en: 'a whole number' },
  boolean: { ru: 'true или false', kk: 'true немесе false', en: 'true or false' },
  array: { ru: 'список', kk: 'тізім', en: 'a list' },
  object: { ru: 'набор полей', kk: 'өрістер жиыны', en: 'a set of fields' },
  record: { ru: 'набор полей', kk: 'өрістер жиыны', en: 'a set of fields' },
  date: { ru: 'дата', kk: 'күн', en: 'a date' },
}
const FORMATS: Record<string, Said> = {
  email: { ru: 'адрес электронной почты', kk: 'электрондық пошта мекенжайы', en: 'an e-mail address' },
  url: { ru: 'адрес сайта', kk: 'сайт мекенжайы', en: 'a web address' },
  date: { ru: 'день вида ГГГГ-ММ-ДД', kk: 'ЖЖЖЖ-АА-КК түріндегі күн', en: 'a day as YYYY-MM-DD' },
  datetime: {
    ru: 'время вида ГГГГ-ММ-ДДTчч:мм:сс с часовым поясом',
    kk: 'уақыт белдеуімен ЖЖЖЖ-АА-ККTсс:мм:сс түріндегі уақыт',
    en: 'a time as YYYY-MM-DDThh:mm:ss with its zone',
  },
}
const OTHER_FORMAT: Said = { ru: 'другая запись', kk: 'басқаша жазу', en: 'another notation' }
const MISSING: Said = { ru: 'Не заполнено', kk: 'Толтырылмаған', en: 'Not filled in' }
const UNUSABLE: Said = { ru: 'Недопустимое значение', kk: 'Жарамсыз мән', en: 'Not a usable value' }

/** What is counted: letters of a text, entries of a list; a number is itself. */
const bound = (origin: string, limit: string, isLeast: boolean): Said => {
  switch (origin) {
    case 'string':
      return isLeast
        ? {
            ru: `Слишком коротко: символов нужно не меньше ${limit}`,
            kk: `Тым қысқа: кемінде ${limit} таңба керек`,
            en: `Too short: at least ${limit} characters are needed`,
          }
        : {
            ru: `Слишком длинно: символов может быть не больше ${limit}`,
            kk: `Тым ұзын: ${limit} таңбадан аспауы керек`,
            en: `Too long: at most ${limit} characters`,
          }
    case 'array':
    case 'set':
    case 'map':
      return isLeast
        ? {
            ru: `Слишком мало: в списке нужно не меньше ${limit}`,
            kk: `Тым аз: тізімде кемінде ${limit} болуы керек`,
            en: `Too few: the list needs at least ${limit}`,
          }
        : {
            ru: `Слишком много: в списке может быть не больше ${limit}`,
            kk: `Тым көп: тізімде ${limit} көп болмауы керек`,
            en: `Too many: the list takes at most ${limit}`,
          }
    default:
      return isLeast
        ? { ru: `Нужно не меньше ${limit}`, kk: `Кемінде ${limit} болуы керек`, en: `At least ${limit} is needed` }
        : { ru: `Может быть не больше ${limit}`, kk: `${limit} аспауы керек`, en: `At most ${limit}` }
  }
}

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'ru' in value && 'kk' in value && 'en' in value

/** Messages that nobody wrote: zod's own begin so. */
const NOBODYS = /^(?:Invalid|Too small|Too big|Unrecognized)/u

function wordsOf(issue: z.core.$ZodIssue): Said {
  if (issue.code === 'custom' && isSaid(issue.params?.['said'])) return issue.params['said']
  // Whoever wrote a message knows better than we what is asked for, though in one language alone.
  if (!NOBODYS.test(issue.message)) return { ru: issue.message, kk: issue.message, en: issue.message }
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) === 1
        ? MISSING
        : bound(issue.origin, String(issue.minimum), true)
    case 'too_big':
      return bound(issue.origin, String(issue.maximum), false)
    case 'invalid_type': {
      if (issue.message.endsWith('received undefined')) return MISSING
      const type = TYPES[issue.expected]
      return type === undefined
        ? UNUSABLE
        : { ru: `Здесь нужно: ${type.ru}`, kk: `Мұнда керегі: ${type.kk}`, en: `This must be ${type.en}` }
    }
    case 'invalid_format': {
      const format = FORMATS[issue.format] ?? OTHER_FORMAT
      return { ru: `Здесь нужно: ${format.ru}`, kk: `Мұнда керегі: ${format.kk}`, en: `This must be ${format.en}` }
    }
    case 'invalid_value': {
      const list = issue.values.map(String).join(', ')
      return {
        ru: `Можно только: ${list}`,
        kk: `Мыналардың бірі ғана болады: ${list}`,
        en: `It must be one of: ${list}`,
      }
    }
    case 'unrecognized_keys': {
      const list = issue.keys.join(', ')
      return { ru: `Неизвестные поля: ${list}`, kk: `Белгісіз өрістер: ${list}`, en: `Unknown fields: ${list}` }
    }
    case 'not_multiple_of':
      return {
        ru: `Нужно кратное ${issue.divisor}`,
        kk: `${issue.divisor} еселігі керек`,
        en: `It must be a multiple of ${issue.divisor}`,
      }
    default:
      return UNUSABLE
  }
}

/** Says what is wrong with a value, in words that its sender can mend it by; zod's own are for programmers and know no Kazakh. */
export const saidOf = (issue: z.core.$ZodIssue): Said => wordsOf(issue)

/** The same in one language. */
export const describeIssue = (issue: z.core.$ZodIssue, lang: UiLang): string => wordsOf(issue)[lang]
