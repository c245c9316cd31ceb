import { expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import type { RankedPassage } from '#server/search/search.ts'
import { findClarification } from './find-clarification.ts'

const passage = (act: string, article: string, text: string, lang: Lang = 'ru'): RankedPassage => ({
  passageId: `psg_${article}`,
  articleId: `art_${article}`,
  versionId: `ver_${article}`,
  title: article,
  lang,
  label: 'п. 1',
  anchor: 'para_1',
  context: '',
  text,
  segments: [],
  citation: {
    actId: `act_${act}`,
    actTitle: act,
    provisionId: 'prv_1',
    eid: 'para_1',
    label: 'п. 1',
    edition: { date: '2026-01-01', amendedBy: null },
    validFrom: '2026-01-01',
    validFromKnown: true,
    url: '',
    anchor: 'para_1',
  },
  languageDifferences: [],
  score: 1,
})
const TERM = 'Срок оказания услуги – три рабочих дня.'
const PLEDGE = passage('Регистрация залога', 'Залог', TERM)
const LAWYER = passage('Лицензия адвоката', 'Адвокат', TERM)
const find = (
  question: string,
  passages: RankedPassage[],
  more: { isAnswered?: boolean; isNarrowed?: boolean; lang?: Lang } = {},
) => findClarification({ question, lang: 'ru', passages, isAnswered: false, isNarrowed: false, ...more })

it('asks which act is meant where several hold every word, also of an answered question', () => {
  for (const isAnswered of [false, true])
    expect(find('срок оказания услуги', [PLEDGE, LAWYER], { isAnswered })).toEqual({
      question: 'О каком акте идёт речь?',
      choices: [
        { label: 'Регистрация залога', within: { actId: 'act_Регистрация залога' } },
        { label: 'Лицензия адвоката', within: { actId: 'act_Лицензия адвоката' } },
      ],
    })
})

it('asks which article of one act is meant only where nothing was answered', () => {
  const two = [passage('Правила', 'Приём', TERM), passage('Правила', 'Выдача', TERM)]
  expect(find('срок услуги', two)?.choices).toEqual([
    { label: 'Приём', within: { articleId: 'art_Приём' } },
    { label: 'Выдача', within: { articleId: 'art_Выдача' } },
  ])
  expect(find('срок услуги', two, { isAnswered: true })).toBeNull()
})

it.each([
  ['one act only holds the words', 'срок оказания услуги', [PLEDGE, passage('Иное', 'Иное', 'Размер сбора.')]],
  [
    'the question names one of them',
    'срок услуги адвоката',
    [
      passage('Лицензия адвоката', 'Адвокат', `${TERM} Адвокат.`),
      passage('Залог', 'Залог', `${TERM} Не для адвоката.`),
    ],
  ],
  ['the other text is in the other language', 'срок оказания услуги', [PLEDGE, passage('Акт', 'Акт', TERM, 'kk')]],
  ['nothing holds the words', 'какая погода', [PLEDGE, LAWYER]],
])('does not ask where %s', (_, question, passages) => {
  expect(find(question, passages)).toBeNull()
})

it('asks once: within what was chosen it does not ask again', () => {
  expect(find('срок оказания услуги', [PLEDGE, LAWYER], { isNarrowed: true })).toBeNull()
})

it('offers four choices at most', () => {
  const many = Array.from({ length: 9 }, (_, at) => passage(`Акт ${'абвгдежзи'[at]}`, `Статья ${at}`, TERM))
  expect(find('срок услуги', many)?.choices).toHaveLength(4)
})
