import type { Database } from '#server/db/database.ts'
import { DomainError, type Said } from '#server/errors.ts'
import type { LanguageData } from '#server/search/analysis/language-data.ts'
import type { FollowingIndex } from '#server/search/following-index.ts'
import type { LexicalEngine } from '#server/search/lexical-index.ts'
import { fillLexical, publishedDocuments } from '#server/search/reconcile-indexes.ts'
import type { IndexOver } from './synonym-base.ts'

/** One proposal is looked at with several examples: its index is kept so long. */
const KEPT_MS = 5 * 60_000
/** The one in use, where the live one is of another kind, and the last proposal. */
const MOST_KEPT = 2
/** Each costs as much as the whole index: one is made, and one may wait for it. */
const MOST_UNDER_WAY = 2
const BUSY: Said = {
  ru: 'Сейчас считаются другие предпросмотры. Повторите через минуту.',
  kk: 'Қазір басқа алдын ала қараулар есептелуде. Бір минуттан кейін қайталаңыз.',
  en: 'Other previews are being computed. Try again in a minute.',
}

/** Name of the kind of index that `create` makes. */
const IN_MEMORY = 'in-process'

interface Kept {
  key: string
  made: Promise<LexicalEngine>
}

/**
 * Makes indexes over language data that nobody searches by yet, beside the live one; one at a time, the last two kept for some minutes
 * and brought to what is published whenever they are asked for.
 * @param live what searches use: where it is of the same kind and the same data, it is not made again
 * @param create makes an empty index
 * @throws DomainError `unavailable`: others are being made
 */
export function createIndexesOver(options: {
  db: Database
  live: FollowingIndex
  create: (language: LanguageData) => LexicalEngine
}): (language: LanguageData) => Promise<IndexOver> {
  const { db, live, create } = options
  let kept: Kept[] = []
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  const over = (index: IndexOver['index']): IndexOver => ({ index, documents: () => publishedDocuments(db) })
  const fill = async (lexicalIndex: LexicalEngine): Promise<LexicalEngine> => {
    await fillLexical({ db, lexicalIndex }, false)
    return lexicalIndex
  }
  const make = (language: LanguageData, key: string): Promise<LexicalEngine> => {
    if (underWay === MOST_UNDER_WAY) throw new DomainError('unavailable', BUSY.ru, { said: BUSY })
    underWay += 1
    const made = last
      .then(() => fill(create(language)))
      .finally(() => {
        underWay -= 1
      })
    last = made.catch(() => null)
    const entry = { key, made }
    const forget = (): void => {
      kept = kept.filter((one) => one !== entry)
    }
    kept = [...kept.slice(1 - MOST_KEPT), entry]
    made.catch(forget)
    // Memory is given back also when nobody asks any more.
    setTimeout(forget, KEPT_MS).unref()
    return made
  }
  return async (language) => {
    if (live.language() === language && live.name === IN_MEMORY) return over(live)
    const key = JSON.stringify(language)
    const known = kept.find((one) => one.key === key)
    // What was published since it was made is no effect of the words.
    return over(known === undefined ? await make(language, key) : await fill(await known.made))
  }
}
