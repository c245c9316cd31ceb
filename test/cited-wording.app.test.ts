import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasLawData, lawPath } from '#ingest/acts/fixtures/law-data.ts'
import { answerQuestion } from '#server/answers/answer-question.ts'
import { citationOf } from '#server/answers/citation-of.ts'
import { readAnswerRecord } from '#server/answers/read-answer-record.ts'
import { readVisiblePassages } from '#server/articles/visible-passages.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { importAct } from '#server/impact/import-act.ts'
import { listAffectedAnswers } from '#server/impact/list-affected-answers.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'
import { readingRoomRules } from './reading-room-rules.ts'

const TODAY = new Date('2026-11-25T06:00:00Z')

/** What a quote of these words is cited as, in the passages of an act that are in force on the day. */
async function cited(t: TestApp, quote: string, asOf = '2026-11-25') {
  const passages = await readVisiblePassages(t.ctx, sql`position(${quote} in p.text) > 0`, asOf)
  const passage = passages[0] ?? expect.fail(`nothing in force says «${quote}»`)
  return citationOf(passage, quote, passage.text.indexOf(quote)) ?? expect.fail('it is not from an act')
}
const dated = async (t: TestApp, quote: string, asOf?: string) => {
  const { eid, edition, validFrom } = await cited(t, quote, asOf)
  return [eid, edition.date, /№ (\S+)/u.exec(edition.amendedBy ?? '')?.[1] ?? null, validFrom]
}
const read = async (path: string, t: TestApp) =>
  (await (await t.get(path)).json()) as {
    passages: {
      label: string
      citation: { edition: { date: string }; validFrom: string }
      segments: { eid: string; wording: { edition: { date: string }; validFrom: string } | null }[]
    }[]
  }

const rules = (second: string, note: string, fourth: string, fourthNote: string) =>
  readingRoomRules(`### Глава 1. Общие положения

1. Правила определяют порядок работы читального зала.

2. В Правилах используются следующие понятия:

   1) ${second};

   2) читатель – лицо, которому выдан читательский билет;

   3) зал – помещение для чтения документов.
${note}
3. Зал работает с понедельника по пятницу.

4. Читатель обязан:

   1) ${fourth};
${fourthNote}
   2) соблюдать тишину в зале;

   3) беречь документы.
`)
const BEFORE = rules('хранитель – работник архива', '', 'вернуть документы до закрытия зала', '')
const AFTER = rules(
  'хранитель – работник архива, который выдает документы',
  '\n   > *Сноска. Пункт 2 с изменением, внесенным приказом Министра культуры РК от 03.02.2025 № 15 (вводится в действие с 10.02.2025).*\n',
  'вернуть документы за час до закрытия зала',
  '\n   > *Сноска. Подпункт 1) пункта 4 в редакции приказа Министра культуры РК от 01.05.2026 № 121 (вводится в действие с 10.05.2026).*\n',
)

describe('a small act: one sub-point of a point changed', () => {
  let t: TestApp
  let directory = ''
  beforeAll(async () => {
    t = await testApp({ content: false, now: () => TODAY })
    directory = await mkdtemp(join(tmpdir(), 'bilim-wording-'))
    for (const [day, text] of [
      ['2024-03-12', BEFORE],
      ['2026-05-10', AFTER],
    ] as const) {
      const path = join(directory, `900102.rus.${day}.md`)
      await writeFile(path, text)
      const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
      expect(status, JSON.stringify(messages)).toBe('ingested')
    }
  })
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true })
    await t.close()
  })

  test.each([
    ['читатель – лицо, которому выдан', 'chp_1__para_2__subpara_2', '2024-03-12', null, '2024-04-01'],
    ['который выдает документы', 'chp_1__para_2__subpara_1', '2025-02-03', '15', '2025-02-10'],
    ['соблюдать тишину', 'chp_1__para_4__subpara_2', '2024-03-12', null, '2024-04-01'],
    ['за час до закрытия', 'chp_1__para_4__subpara_1', '2026-05-01', '121', '2026-05-10'],
    ['Читатель обязан', 'chp_1__para_4', '2024-03-12', null, '2024-04-01'],
    // Over two sub-points it is the point that is cited, with the newest of what it says.
    // What it leaves out does not date it.
    ['соблюдать тишину в зале;\n3) беречь документы', 'chp_1__para_4', '2024-03-12', null, '2024-04-01'],
    ['за час до закрытия зала;\n2) соблюдать тишину', 'chp_1__para_4', '2026-05-01', '121', '2026-05-10'],
  ])('«%s» is cited in its own wording', async (quote, ...expected) => {
    expect(await dated(t, quote)).toEqual(expected)
  })

  test('what was in force on an earlier day is cited as of then', async () => {
    expect(await dated(t, 'вернуть документы до закрытия', '2025-03-01')).toEqual([
      'chp_1__para_4__subpara_1',
      '2024-03-12',
      null,
      '2024-04-01',
    ])
  })

  test('the article has the newest wording of each point, and that of every sub-point', async () => {
    const { articleId } = await cited(t, 'соблюдать тишину')
    const { passages } = await read(`/api/v1/articles/${articleId}`, t)
    const days = new Map(
      passages.map(({ label, citation, segments }) => [
        label,
        [citation.validFrom, ...segments.map(({ wording }) => wording?.validFrom)],
      ]),
    )
    expect(days.get('п. 2')).toEqual(['2025-02-10', '2025-02-10', '2025-02-10', '2024-04-01', '2024-04-01'])
    expect(days.get('п. 4')).toEqual(['2026-05-10', '2024-04-01', '2026-05-10', '2024-04-01', '2024-04-01'])
    expect(days.get('п. 3')).toEqual(['2024-04-01', '2024-04-01'])
  })
})

describe.skipIf(!hasLawData)('act 181886', () => {
  let t: TestApp
  beforeAll(async () => {
    t = await testApp({ content: false, now: () => TODAY })
    for (const name of ['181886.rus.2023-05-12.md', '181886.rus.2026-07-12.md'])
      await ingestFile(t.ctx, { path: lawPath(name), contentDir: CONTENT })
  })
  afterAll(() => t.close())

  test('an order that changed sub-point 1) is not named for sub-point 2)', async () => {
    const second = await dated(t, 'услугополучатель – физические и юридические лица, за исключением')
    expect(second).toEqual(['chp_1__para_2__subpara_2', '2023-05-12', null, '2023-05-23'])
    expect(await dated(t, 'организации работы по приему заявлений')).toEqual([
      'chp_1__para_2__subpara_1',
      '2024-02-22',
      '157',
      '2024-02-24',
    ])
    expect((await cited(t, 'физические и юридические лица, за исключением')).validFromKnown).toBe(false)
  })
})

const library = (points: readonly string[], note = '') => `# Об утверждении Правил работы книжного фонда

Приказ Министра культуры Республики Казахстан от 14 марта 2024 года № 93

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила работы книжного фонда.

2. Настоящий приказ вводится в действие с 1 апреля 2024 года.

> *Утверждены приказом*
> *Министра культуры*
> *от 14 марта 2024 года № 93*

## Правила работы книжного фонда

### Глава 1. Общие положения
${note}
${points.map((text, i) => `${i + 1}. ${text}`).join('\n\n')}
`
const FUND = [
  'Правила определяют порядок работы книжного фонда.',
  'Книжный фонд принимает посетителей с понедельника по пятницу с девяти часов.',
  'Читательский билет выдается в день обращения бесплатно.',
]

describe('a point was put in, the ones behind it go on under other numbers', () => {
  let t: TestApp
  let directory = ''
  let answerId = ''
  beforeAll(async () => {
    t = await testApp({ content: false, now: () => TODAY })
    directory = await mkdtemp(join(tmpdir(), 'bilim-moved-'))
    const path = join(directory, '900103.rus.2024-03-14.md')
    await writeFile(path, library(FUND))
    expect((await ingestFile(t.ctx, { path, contentDir: CONTENT })).status).toBe('ingested')
    await t.deps.reconciler.settle()
    const answer = await answerQuestion(t.ctx, { question: 'Когда книжный фонд принимает посетителей?', lang: 'ru' })
    expect(answer.sentences.map(({ citations }) => citations[0]?.label)).toContain('п. 2')
    answerId = answer.answerId
    const after = library(
      [FUND[0] ?? '', 'Фонд хранит редкие издания под особым надзором хранителя.', ...FUND.slice(1)],
      '\n> *Сноска. Глава 1 в редакции приказа Министра культуры РК от 01.05.2026 № 122 (вводится в действие с 10.05.2026).*\n',
    )
    const imported = await importAct(t.ctx, {
      file: { name: '900103.rus.2026-05-10.md', bytes: new TextEncoder().encode(after) },
      meta: null,
      publicationDays: [],
      complete: true,
      dryRun: false,
      contentDir: CONTENT,
    })
    if (imported.outcome === 'refused') return expect.fail(JSON.stringify(imported.messages))
    expect(imported.imported.changes.map(({ kind, after: row, before }) => [kind, row?.label, before?.label])).toEqual([
      ['added', 'п. 2', undefined],
      ['moved', 'п. 3', 'п. 2'],
      ['moved', 'п. 4', 'п. 3'],
    ])
  })
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true })
    await t.close()
  })

  test('who quotes it is told of the number, not of other words', async () => {
    const now = await cited(t, 'с понедельника по пятницу')
    expect(now.sourceChanged).toMatchObject({ labels: ['п. 2'], movedTo: ['п. 3'], since: '2026-05-10' })
    expect((await cited(t, 'бесплатно')).sourceChanged).toMatchObject({ labels: ['п. 3'], movedTo: ['п. 4'] })
    // What was in force before the day needs no warning; it is said to come.
    const before = await cited(t, 'с понедельника по пятницу', '2026-05-09')
    expect(before).toMatchObject({ sourceChanged: null, changesOn: { movedTo: ['п. 3'], since: '2026-05-10' } })
  })

  test('the record of that answer says so as well', async () => {
    const { changes } = await readAnswerRecord(t.ctx, { answerId })
    expect(changes.map(({ change }) => change)).toContainEqual(
      expect.objectContaining({ labels: ['п. 2'], movedTo: ['п. 3'], since: '2026-05-10' }),
    )
  })

  test('an answer given by it is listed as moved, its words the same', async () => {
    const { items } = await listAffectedAnswers(t.ctx, { limit: 10 })
    expect(items.map((one) => one.answerId)).toEqual([answerId])
    expect(items[0]?.citations.find(({ label }) => label === 'п. 2')).toMatchObject({
      movedTo: 'п. 3',
      parts: [{ kind: 'same' }],
    })
  })
})
