import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { smallAct } from '#ingest/acts/fixtures/small-act.ts'
import { parseAct } from '#ingest/acts/parse-act.ts'
import { parseActMeta } from '#ingest/acts/act-meta.ts'
import { parseMarkdownAct } from '#ingest/acts/markdown/parse-markdown-act.ts'
import { articlesOfAct } from './articles-of-act.ts'
import { completePlan, defaultPlan, parseDivisionPlan, planGaps } from './division-plan.ts'
import { parseBody } from './article-markdown.ts'
import { passagesOf } from './passages-of.ts'

const act = (name: string, requisite: string) => {
  const text = readFileSync(new URL(`../acts/markdown/fixtures/${name}`, import.meta.url), 'utf8')
  const { meta } = parseActMeta(`act_code: '77'\nrequisite: ${requisite}\n`)
  return parseMarkdownAct(text, { meta }).act ?? expect.fail('refused')
}
const ORDER = 'Приказ Министра тишины Республики Казахстан от 5 мая 2020 года № 7'
const divided = (parsed: ReturnType<typeof act>) => {
  const plan = defaultPlan(parsed, '555')
  expect(planGaps(plan, parsed)).toEqual({ unknown: [], forgotten: [] })
  return articlesOfAct(parsed.provisions, plan)
}

test('an order with several annexed documents: the order, each chapter or document, each appendix, a standard apart from its forms', () => {
  const articles = divided(act('order.kk.md', ORDER))
  expect(articles.map(({ slug, title }) => [slug, title])).toEqual([
    ['act-555-kk-order', '«Тыныштық туралы» анықтама беру қағидаларын бекіту туралы'],
    ['act-555-kk-ann-1-chp-1', '«Тыныштық туралы» анықтама беру қағидалары. Жалпы ережелер'],
    [
      'act-555-kk-ann-1-app-1',
      '«Тыныштық туралы анықтама» мемлекеттік қызмет көрсетуге қойылатын негізгі талаптардың тізбесі',
    ],
    ['act-555-kk-ann-1-app-1-app-1', 'Өтініш'],
    ['act-555-kk-ann-2', '«Жаңғырық туралы» анықтама беру қағидалары'],
  ])
  const standard = articles.find(({ slug }) => slug.endsWith('ann-1-app-1'))
  expect(standard?.eids).toEqual(['ann_1__app_1', 'ann_1__app_1__table', 'ann_1__app_1__row_1', 'ann_1__app_1__row_2'])
  // Every element is in one article only.
  const eids = articles.flatMap((article) => article.eids)
  expect(new Set(eids).size).toBe(eids.length)
})

test('rules without chapters are an article of their own, not a part of the order that approves them', () => {
  const { act: parsed } = parseAct(
    smallAct({
      order: ['2. Настоящий приказ вводится в действие со дня подписания.'],
      rules: ['1. Служба отвечает на вопросы.', '2. Служба работает круглосуточно.'],
    }),
  )
  expect(divided(parsed ?? expect.fail('refused')).map(({ slug, title, eids }) => [slug, title, eids])).toEqual([
    [
      'act-555-ru-order',
      'Об утверждении Правил работы справочной службы',
      ['ord__preamble', 'ord__para_1', 'ord__para_2'],
    ],
    ['act-555-ru-rules', 'Правила работы справочной службы', ['para_1', 'para_2']],
  ])
})

test('a law: its preamble and each chapter; a long article is divided by its points, sub-points keep their printed numbers', () => {
  const parsed = act('law.ru.md', 'Закон Республики Казахстан от 15 апреля 2013 года № 88-V')
  expect(divided(parsed).map(({ slug, title }) => [slug, title])).toEqual([
    ['act-555-ru-order', 'О выдуманных справках'],
    ['act-555-ru-chp-1', 'О выдуманных справках. ОБЩИЕ ПОЛОЖЕНИЯ'],
  ])
  const long = parsed.provisions.map((one) =>
    one.eid === 'chp_1__art_2__para_2' ? { ...one, text: `${one.text} ${'Повторяется. '.repeat(120)}`.trim() } : one,
  )
  const chapter = articlesOfAct(long, defaultPlan(parsed, '555'))[1] ?? expect.fail('no chapter')
  const passages = passagesOf(parseBody(chapter.body).blocks)
  expect(passages.map(({ label }) => label)).toEqual(['ст. 1', 'ст. 2', 'ст. 2 п. 1', 'ст. 2 п. 2', 'ст. 3-1'])
  expect(passages[0]?.text).toContain('1-1) выдумка')
})

test('a faulty plan or article says in Russian what is wrong and where', () => {
  expect(parseDivisionPlan('act: 555\nlang: en\narticles: []\n').faults).toEqual([
    'act: нужен текст; число возьмите в кавычки',
    'lang: нужно одно из: ru, kk',
    'articles: нужно не меньше 1',
  ])
  const article = (slug: string) => `  - { slug: ${slug}, title: Тишина, provisions: [chp_1__para_1] }\n`
  expect(parseDivisionPlan(`act: '555'\nlang: ru\narticles:\n${article('one')}${article('two')}`).faults).toEqual([
    'chp_1__para_1 стоит и в статье one, и в статье two. Оставьте в одной.',
  ])
  expect(parseDivisionPlan(`act: '555'\nlang: ru\narticles:\n${article('one')}${article('one')}`).faults).toEqual([
    'slug one есть у двух статей. Дайте каждой свой.',
    'chp_1__para_1 назван в статье one дважды. Оставьте один раз.',
  ])
  expect(parseBody('Текст.\n\n:::provision\nТекст.\n:::\n\n:::note\nТекст.\n:::\n').faults).toEqual([
    { line: 3, text: expect.stringMatching(/^у блока положения нужны место и подпись/) },
    { line: 7, text: expect.stringMatching(/^блока :::note нет/) },
  ])
})

test('what an amendment adds goes to the article of the point that it stands behind in the same chapter', () => {
  const unit = (eid: string, parentEid: string | null) => ({
    eid,
    parentEid,
    kind: 'point' as const,
    label: eid,
    heading: null,
  })
  const plan = {
    act: '555',
    lang: 'ru' as const,
    publishedOn: {},
    articles: [
      { slug: 'first', title: 'Первая', provisions: ['chp_1__para_1', 'chp_1__para_3'] },
      { slug: 'second', title: 'Вторая', provisions: ['chp_1__para_2'] },
    ],
  }
  const provisions = ['1', '2', '2-1', '2-2', '3', '4'].map((num) => unit(`chp_1__para_${num}`, 'chp_1'))
  const others = [unit('chp_2__para_5', 'chp_2'), unit('ord__para_1', null)]
  const amended = { lang: 'ru' as const, title: '', annexTitle: null, provisions: [...provisions, ...others] }
  const { plan: completed, newcomers } = completePlan(plan, amended)
  expect(newcomers.map(({ eid, slug, after }) => [eid, slug, after])).toEqual([
    ['chp_1__para_2-1', 'second', 'chp_1__para_2'],
    ['chp_1__para_2-2', 'second', 'chp_1__para_2-1'],
    ['chp_1__para_4', 'first', 'chp_1__para_3'],
  ])
  expect(completed.articles.map((article) => article.provisions)).toEqual([
    ['chp_1__para_1', 'chp_1__para_3', 'chp_1__para_4'],
    ['chp_1__para_2', 'chp_1__para_2-1', 'chp_1__para_2-2'],
  ])
  // Behind nothing that is planned: somebody has to say where it goes.
  expect(planGaps(completed, amended).forgotten).toEqual(['chp_2__para_5', 'ord__para_1'])
})
