import { describe, expect, it } from 'vitest'
import { stemWord } from '../analysis/stem-word.ts'
import { learnLexicon } from './learn-lexicon.ts'

const PAIRS = [
  { ru: 'Заявление подается услугодателю.', kk: 'Өтініш көрсетілетін қызметті берушіге беріледі.' },
  { ru: 'Срок рассмотрения жалобы – пять дней.', kk: 'Шағымды қарау мерзімі – бес күн.' },
  { ru: 'Срок выдачи справки. Жалоба рассматривается судом.', kk: 'Анықтама беру мерзімі. Шағымды сот қарайды.' },
  { ru: 'Заявление и справка.', kk: 'Өтініш және анықтама.' },
  { ru: 'Жалоба на отказ.', kk: 'Бас тартуға шағым.' },
  { ru: 'Отказ в выдаче справки.', kk: 'Анықтама беруден бас тарту.' },
  { ru: 'Срок подачи заявления.', kk: 'Өтініш беру мерзімі.' },
]

describe('learnLexicon', () => {
  it.each([
    ['заявление', 'өтініш'],
    ['срок', 'мерзім'],
    ['жалоба', 'шағым'],
    ['справка', 'анықтама'],
  ])('learns that «%s» is «%s», in both directions', async (ru, kk) => {
    const lexicon = await learnLexicon(PAIRS)
    const [russian, kazakh] = [stemWord(ru, 'ru'), stemWord(kk, 'kk')]
    expect(lexicon.ru.get(russian)?.[0]?.stem).toBe(kazakh)
    expect(lexicon.kk.get(kazakh)?.[0]?.stem).toBe(russian)
  })

  it('learns nothing of a word that stands once, and nothing of no provisions', async () => {
    expect((await learnLexicon(PAIRS)).ru.has(stemWord('суд', 'ru'))).toBe(false)
    expect((await learnLexicon([])).kk.size).toBe(0)
  })

  it('stops when told to', async () => {
    const many = Array.from({ length: 100 }, () => PAIRS).flat()
    expect((await learnLexicon(many, () => true)).ru.size).toBe(0)
  })
})
