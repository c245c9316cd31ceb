import { expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import type { RankedPassage } from '#server/search/search.ts'
import { asksOfAnyService, findClarification } from './find-clarification.ts'
import type { HeldService } from './services-held.ts'

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
  sourceChanged: null,
  changesOn: null,
  score: 1,
})
const TERM = 'Срок оказания услуги – три рабочих дня.'
const PLEDGE = passage('Регистрация залога', 'Залог', TERM)
const LAWYER = passage('Лицензия адвоката', 'Адвокат', TERM)
const find = (
  question: string,
  passages: RankedPassage[],
  more: { isAnswered?: boolean; isNarrowed?: boolean; lang?: Lang; services?: HeldService[] } = {},
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

const service = (name: string, act: string): HeldService => ({ name, actId: `act_${act}`, articleId: `art_${name}` })
const SERVICES: Record<Lang, HeldService[]> = {
  ru: [
    service('Выдача лицензии на занятие адвокатской деятельностью', 'адвокаты'),
    service('Проведение аттестации лиц, претендующих на занятие адвокатской деятельностью', 'адвокаты'),
    service('Государственная регистрация прав на недвижимое имущество', 'недвижимость'),
  ],
  kk: [
    service('Адвокаттық қызметпен айналысуға лицензия беру', 'адвокаттар'),
    service('Адвокаттық қызметпен айналысуға үміткерлерді аттестаттау', 'адвокаттар'),
    service('Жылжымайтын мүлікке құқықтарды тіркеу', 'мүлік'),
  ],
}

it.each<[lang: Lang, question: string]>([
  ['ru', 'Какие документы нужны?'],
  ['ru', 'Какой срок?'],
  ['ru', 'Сколько стоит?'],
  ['ru', 'какие нужны документы для оказания государственной услуги'],
  ['ru', 'Какие основания для отказа в оказании государственной услуги?'],
  ['ru', 'Что я получу в результате?'],
  ['kk', 'Мерзімі қандай?'],
  ['kk', 'Қандай құжаттар керек?'],
  ['kk', 'Қызмет мерзімі қандай?'],
  ['kk', 'Мемлекеттік қызметтің нәтижесі қандай?'],
  ['kk', 'Қанша тұрады?'],
])('%s «%s» asks which of the services held is meant, answered or not, whatever was found', (lang, question) => {
  expect(asksOfAnyService(question, lang)).toBe(true)
  for (const isAnswered of [true, false]) {
    const asked = find(question, [], { lang, isAnswered, services: SERVICES[lang] })
    expect(asked?.question).toBe(lang === 'ru' ? 'О какой услуге идёт речь?' : 'Қай қызмет туралы сұрап тұрсыз?')
    expect(asked?.choices.map(({ label }) => label)).toEqual(SERVICES[lang].map(({ name }) => name))
    // Two services of one act are told apart by their standards.
    expect(asked?.choices.map(({ within }) => within)).toEqual(SERVICES[lang].map(({ articleId }) => ({ articleId })))
  }
})

it.each<[lang: Lang, question: string, labels: number[] | null]>([
  ['ru', 'Какие документы нужны для выдачи лицензии?', null],
  ['ru', 'Какой срок регистрации недвижимого имущества?', null],
  ['ru', 'Сколько стоит лицензия на занятие адвокатской деятельностью?', null],
  ['ru', 'Какой срок аттестации?', null],
  ['ru', 'Сколько стоит адвокатская деятельность?', [0, 1]],
  ['ru', 'Сколько стоит загранпаспорт?', null],
  ['ru', 'Сколько стоит справка?', null],
  ['ru', 'Сколько вы работаете?', null],
  ['ru', 'По какому номеру позвонить и сколько стоит?', null],
  ['kk', 'Лицензия беру мерзімі қандай?', null],
  ['kk', 'Жылжымайтын мүлікті тіркеуге қандай құжаттар керек?', null],
  ['kk', 'Төлқұжат қанша тұрады?', null],
])('%s «%s» is asked back only where it fits several', (lang, question, labels) => {
  const asked = find(question, [], { lang, services: SERVICES[lang] })
  expect(asked?.choices.map(({ label }) => label) ?? null).toEqual(
    labels?.map((at) => SERVICES[lang][at]?.name ?? '') ?? null,
  )
})

it('does not ask of which service where one is held, or one was chosen', () => {
  expect(find('Какие документы нужны?', [], { services: SERVICES.ru.slice(0, 1) })).toBeNull()
  expect(find('Какие документы нужны?', [], { services: SERVICES.ru, isNarrowed: true })).toBeNull()
})
