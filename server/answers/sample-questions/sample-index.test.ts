import { describe, expect, it } from 'vitest'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { subwordsOf } from '#server/search/analysis/sense-of.ts'
import { createQuestionMatcher } from './question-matcher.ts'
import { createSampleIndex } from './sample-index.ts'

const matcher = createQuestionMatcher(await readLanguageData('content'))
const QUESTIONS: [string, string, string][] = [
  ['act_a', 'para_1', 'сколько стоит лицензия адвоката'],
  ['act_a', 'para_1', 'какой сбор за лицензию адвоката'],
  ['act_a', 'para_2', 'за сколько дней выдают лицензию адвоката'],
  ['act_a', 'para_3', 'кто проводит аттестацию адвоката'],
  ['act_a', 'para_4', 'где узнать результат аттестации адвоката'],
  ['act_b', 'para_1', 'за сколько дней регистрируют квартиру'],
]
const sampled = (questions: readonly [string, string, string][], isEditors = false) =>
  questions.map(([actId, eid, text]) => ({ actId, eid, isEditors, text, prepared: matcher.prepare(text, 'ru') }))
const gapsOf = (gaps: readonly [string, string, string][], isEditors = false) =>
  gaps.map(([actId, gap, text], at) => ({
    id: `gap-${at}`,
    actId,
    gap,
    isEditors,
    text,
    prepared: matcher.prepare(text, 'ru'),
  }))
const index = createSampleIndex(matcher, sampled(QUESTIONS))

describe('sample questions beside a question', () => {
  it.each([
    ['какой сбор за лицензию', 'act_a', 'para_1'],
    ['адвокатскую лицензию выдают за сколько дней', 'act_a', 'para_2'],
    // «адвокат» stands in nearly all of them and says next to nothing.
    ['результат для адвоката', 'act_a', 'para_4'],
    ['сколько дней регистрация квартиры', 'act_b', 'para_1'],
  ])('«%s» is nearest to those of %s %s', (question, actId, eid) => {
    expect(index.matches(question).nearest[0]).toMatchObject({ actId, eid })
  })

  it('tells of any provision how like its questions are, best first', () => {
    const match = index.matches('сколько стоит лицензия адвоката').of('act_a', 'para_1')
    expect(match?.texts).toEqual(['сколько стоит лицензия адвоката', 'какой сбор за лицензию адвоката'])
    expect(match?.likeness[0]).toBeGreaterThan(0.95)
    expect(match?.likeness[0]).toBeGreaterThan(match?.likeness[1] ?? 1)
  })

  it('knows nothing of a provision without questions, and of a question that shares nothing with them', () => {
    expect(index.matches('сколько стоит лицензия').of('act_b', 'para_9')).toBeUndefined()
    expect(index.matches('ъъъ').nearest).toEqual([])
    expect(createSampleIndex(matcher, []).matches('сколько стоит').nearest).toEqual([])
  })

  it.each([
    ['адвокат лицензиясы үшін қанша төлеймін', 'para_1'],
    ['адвокат лицензиясын неше күнде береді', 'para_2'],
    ['адвокаттың аттестаттау нәтижесін қайдан білемін', 'para_4'],
  ])('«%s» comes nearest to %s across languages, by its subwords', (question, eid) => {
    const found = index.akin(subwordsOf(question), (actId) => actId === 'act_a')
    expect(found[0]).toMatchObject({ actId: 'act_a', eid })
    expect(found.map(({ kinship }) => kinship)).toEqual(
      found.map(({ kinship }) => kinship).toSorted((left, right) => right - left),
    )
    expect(found.map(({ actId }) => actId)).not.toContain('act_b')
    expect(index.akin(subwordsOf(question), () => false)).toEqual([])
  })

  it('comes near to a known gap across languages as well', () => {
    const gaps = gapsOf([['act_a', 'стаж для адвоката', 'какой стаж нужен адвокату']])
    const [nearest] = createSampleIndex(matcher, sampled(QUESTIONS), gaps).akin(
      subwordsOf('адвокатқа қандай өтіл керек'),
      () => true,
    )
    expect(nearest).toMatchObject({ actId: 'act_a', eid: null })
  })

  it('lists the questions of an act by provision', () => {
    expect(index.ofAct('act_b')).toEqual([
      { actId: 'act_b', eid: 'para_1', texts: ['за сколько дней регистрируют квартиру'] },
    ])
  })

  it('tells known gaps apart from provisions, though the words are nearly the same', () => {
    const GAPS: [string, string, string][] = [
      ['act_a', 'размер штрафа за просроченную лицензию', 'какой штраф за просроченную лицензию адвоката'],
      ['act_a', 'размер штрафа за просроченную лицензию', 'штраф за работу адвоката без лицензии сколько'],
      ['act_a', 'обучение на адвоката', 'где учат на адвоката'],
    ]
    const withGaps = createSampleIndex(matcher, sampled(QUESTIONS), gapsOf(GAPS))
    const { nearest, gaps } = withGaps.matches('какой штраф если лицензия адвоката просрочена')
    expect(gaps[0]).toMatchObject({ actId: 'act_a', gap: 'размер штрафа за просроченную лицензию' })
    expect(gaps[0]?.likeness).toHaveLength(2)
    expect(nearest[0]).toMatchObject({ eid: 'para_1' })
    expect(gaps[0]?.likeness[0]).toBeGreaterThan(nearest[0]?.likeness[0] ?? 1)
    // An editor who ties the same to a provision knows better; elsewhere the gap stands.
    const overruled = createSampleIndex(
      matcher,
      [...sampled(QUESTIONS), ...sampled([['act_a', 'para_3', 'штраф за просроченную лицензию адвоката']], true)],
      gapsOf(GAPS),
    )
    expect(overruled.matches('штраф за просроченную лицензию адвоката').gaps).toEqual([])
    expect(overruled.matches('где учат на адвоката').gaps[0]).toMatchObject({ gap: 'обучение на адвоката' })
    // A gap is no provision: it is neither listed nor found as one.
    expect(withGaps.ofAct('act_a').map(({ eid }) => eid)).toEqual(['para_1', 'para_2', 'para_3', 'para_4'])
    expect(index.matches('какой штраф за лицензию').gaps).toEqual([])
  })

  it('knows what an editor says is not answered, in other words too, and no question that is nearer to a provision', () => {
    const said = createSampleIndex(
      matcher,
      sampled(QUESTIONS),
      gapsOf([['act_b', 'цена выезда', 'сколько стоит выезд регистратора на дом']], true),
    )
    const isSaid = (question: string) => (said.matches(question).gaps[0]?.said ?? null) !== null
    expect(isSaid('сколько стоит выезд регистратора на дом')).toBe(true)
    expect(isSaid('Выезд регистратора на дом сколько стоит?')).toBe(true)
    expect(said.matches('Выезд регистратора на дом сколько стоит?').gaps[0]?.said).toEqual({
      id: 'gap-0',
      text: 'сколько стоит выезд регистратора на дом',
    })
    expect(isSaid('сколько стоит лицензия адвоката')).toBe(false)
    expect(isSaid('за сколько дней регистрируют квартиру')).toBe(false)
    // A single gap says nothing of what else an act is silent on; of a file nobody said it of this very question.
    expect(said.matches('сколько стоит выезд').gapActs).toEqual([])
    const ofFile = createSampleIndex(
      matcher,
      sampled(QUESTIONS),
      gapsOf([['act_b', 'цена выезда', 'сколько стоит выезд регистратора на дом']]),
    )
    expect(ofFile.matches('сколько стоит выезд регистратора на дом').gaps[0]).toMatchObject({ said: null })
  })

  it('tells gaps of a language that has no questions of provisions', () => {
    const alone = createSampleIndex(matcher, [], gapsOf([['act_b', 'цена выезда', 'сколько стоит выезд']], true))
    expect(alone.matches('сколько стоит выезд').gaps[0]).toMatchObject({
      gap: 'цена выезда',
      said: { text: 'сколько стоит выезд' },
    })
    expect(alone.matches('сколько стоит выезд').nearest).toEqual([])
  })
})
