import type { Lang } from '#server/context.ts'
import { hasKazakhLetter, normaliseWord } from './normalise.ts'

// Frequent Kazakh words, also as they are typed on a Russian keyboard (қ as к, ң as н, ү and ұ as у, і as и, ә as а, ө as о).
const KAZAKH_WORDS = new Set(
  (
    'мен сен ол біз сіз және жане бен пен үшін ушин бойынша туралы қандай кандай қалай калай қанша канша неше нешінші қай кай қайда кайда ' +
    'қашан кашан кім ким кімге кимге не неге бар жоқ жок керек емес болады бола ма ме ба бе па пе деген деп осы бұл бул сол қызмет кызмет ' +
    'көрсету корсету мемлекеттік мемлекеттик жауап хат хатка өтініш отиниш арыз қоңырау конырау мерзім мерзим мерзімі күн кун жұмыс жумыс ' +
    'береді береди беріледі алу алуға болу беру беріңіз айтыңыз орталық орталык орталығы бірыңғай байланыс тармақ тармак ереже азамат ' +
    'азаматтар орган органдар сұрақ сурак шағым шагым қалайша жіберу жиберу тіркеу тиркеу төлем толем тегін тегин нөмір номир нөмірі ' +
    'телефоны электрондық электрондык пошта пошталық сағат сагат ай жыл ақпарат акпарат қолтаңба уақыт уакыт'
  ).split(' '),
)

/** «не», «мен», «бар», «ай», «сол», «бола» are words, or typos, of Russian too: alone they prove nothing. */
const SHARED_WITH_RUSSIAN = new Set([
  'не',
  'ол',
  'мен',
  'бар',
  'ай',
  'кун',
  'кай',
  'орган',
  'ба',
  'ме',
  'бе',
  'па',
  'пе',
  'ма',
  'алу',
  'пошта',
  'номир',
  'телефоны',
  'сол',
  'бул',
  'ким',
  'пен',
  'бен',
])
const RUSSIAN_LETTER_HABITS = /(?:ого|ему|ами|ями|ость|ение|ать|ить|ется|ются|ый|ий|ая|ые|ться)$/u
const RUSSIAN_WORDS = new Set(
  'и в во на не по с со за от до для что как какой какая какие каком кто кому где когда сколько это или ли если из у о об при к я мы вы он она они мне можно нужно надо есть быть'.split(
    ' ',
  ),
)

/** The language that a word of everyday texts alone is proof of; null for all other words. Expects a normalised word. */
export const langOfFrequentWord = (word: string): Lang | null =>
  KAZAKH_WORDS.has(word) && !SHARED_WITH_RUSSIAN.has(word)
    ? 'kk'
    : RUSSIAN_WORDS.has(word) && !KAZAKH_WORDS.has(word)
      ? 'ru'
      : null

/** Whether a word ends as Russian ones do and Kazakh ones do not. */
export const hasRussianEnding = (word: string): boolean => RUSSIAN_LETTER_HABITS.test(word)

/** How much in a text speaks for each language: about one for every word that tells. */
export const weighLanguages = (text: string): { russian: number; kazakh: number } => {
  let kazakh = 0
  let russian = 0
  for (const raw of text.match(/[\p{L}\p{M}\u200b\u00ad]+/gu) ?? []) {
    const word = normaliseWord(raw)
    const special = hasKazakhLetter(word)
    // One such letter in an abbreviation («НҚ») or a name says little about the rest.
    if (special)
      kazakh += word.length <= 2 || (raw === raw.toUpperCase() && raw.length <= 4) ? 0.5 : raw[0] === word[0] ? 2 : 1.2
    if (KAZAKH_WORDS.has(word)) kazakh += SHARED_WITH_RUSSIAN.has(word) ? 0.5 : 1.5
    if (RUSSIAN_WORDS.has(word)) russian += 1
    else if (!special && RUSSIAN_LETTER_HABITS.test(word)) russian += 0.7
    else if (!special && word.length >= 4 && !KAZAKH_WORDS.has(word) && /^[а-я]+$/u.test(word)) russian += 0.6
  }
  return { russian, kazakh }
}

/**
 * The language a text is written in, by letters only Kazakh has and by frequent words of either language.
 * @returns `ru` when nothing speaks for Kazakh: a text in Latin letters or of numbers alone is searched as Russian
 */
export const detectLanguage = (text: string): Lang => {
  const { russian, kazakh } = weighLanguages(text)
  return kazakh > russian ? 'kk' : 'ru'
}
