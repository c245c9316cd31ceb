import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changesSince } from '#server/answers/changes-since.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { provision } from '#server/db/schema/acts.ts'
import { sha256 } from '#server/ids.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'
import { readingRoomRules } from '#test/reading-room-rules.ts'

/** Element, its words, its first day, and the day on which they ended: wordings as importing an act leaves them. */
type Wording = [eid: string, words: string, from: string, to: string | null]

const [FIRST, YEAR_2023, AMENDED] = ['2020-01-01', '2023-01-01', '2026-05-10']
const FREE = 'Бесплатно'
const PAID = 'Платно: один месячный расчетный показатель'
const [ONE, TWO, OTHER] = ['Стандарт «Выдача справки»', 'Стандарт «Выдача лицензии»', 'Стандарт «Апостилирование»']
const LONG = 'Читатель возвращает редкие рукописи хранителю до закрытия читального зала.'
const OTHER_LONG = 'Читальный зал открыт для всех, кто получил читательский билет библиотеки.'
/** What the answer cites, in the first annex: it was free until the amendment. */
const CITED: Wording = ['app_1__row_6', FREE, FIRST, AMENDED]
const ANNEXES: Wording[] = [
  ['app_1', ONE, FIRST, null],
  ['app_2', TWO, FIRST, null],
]

let t: TestApp
let directory = ''
let act = { actId: '', editionId: '' }

beforeAll(async () => {
  t = await testApp({ content: false, now: () => new Date('2026-11-25T06:00:00Z') })
  directory = await mkdtemp(join(tmpdir(), 'bilim-goes-on-'))
  const path = join(directory, '900102.rus.2024-03-12.md')
  await writeFile(path, readingRoomRules('### Глава 1. Общие положения\n\n1. Правила определяют порядок работы.\n'))
  expect((await ingestFile(t.ctx, { path, contentDir: CONTENT })).status).toBe('ingested')
  const [row] = await t.ctx.db.select().from(provision).limit(1)
  act = { actId: row?.actId ?? '', editionId: row?.editionId ?? '' }
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await t.close()
})

const parentOf = (eid: string): string | null => (eid.includes('__') ? eid.slice(0, eid.lastIndexOf('__')) : null)
const labelOf = (eid: string): string =>
  eid.replace('app_', 'прил. ').replace('chp_', 'гл. ').replace('__row_', ' строка ').replace('__para_', ' п. ')

/** The number under which an answer by the first of these wordings is told that its words are in force; null: that they have changed. */
async function movedTo(wordings: readonly Wording[]): Promise<string[] | null | undefined> {
  await t.ctx.db.execute(sql`delete from provision where id like 'prv_case_%'`)
  await t.ctx.db.insert(provision).values(
    wordings.map(([eid, text, validFrom, validTo], ord) => ({
      id: `prv_case_${ord}`,
      actId: act.actId,
      lang: 'ru' as const,
      eid,
      parentEid: parentOf(eid),
      kind: eid.includes('row') ? ('row' as const) : eid.includes('para') ? ('point' as const) : ('appendix' as const),
      ord: 1000 + ord,
      label: labelOf(eid),
      heading: null,
      text,
      raw: text,
      line: 1,
      status: 'in-force' as const,
      references: [],
      contentHash: sha256(`${eid} ${text}`),
      editionId: act.editionId,
      wordingDate: validFrom,
      validFrom,
      validFromKnown: true,
      validTo,
    })),
  )
  const changes = await changesSince(t.ctx, {
    provisionIds: ['prv_case_0'],
    asOf: '2026-11-25',
    at: new Date('2026-11-25T06:00:00Z'),
    tookMs: 0,
  })
  return changes[0]?.change.movedTo
}

const IN_PLACE: Wording = ['app_1__row_6', PAID, AMENDED, null]

test.each<[string, Wording[], string[] | null]>([
  [
    'another annex has said the same since before',
    [CITED, IN_PLACE, ...ANNEXES, ['app_2__row_6', PAID, FIRST, YEAR_2023], ['app_2__row_6', FREE, YEAR_2023, null]],
    null,
  ],
  [
    'it has, and was restated with the same words on that day',
    [CITED, IN_PLACE, ...ANNEXES, ['app_2__row_6', FREE, FIRST, AMENDED], ['app_2__row_6', FREE, AMENDED, null]],
    null,
  ],
  [
    'the annex with the same words is new on that day',
    [
      CITED,
      IN_PLACE,
      ['app_1', ONE, FIRST, null],
      ['app_2', TWO, AMENDED, null],
      ['app_2__row_6', FREE, AMENDED, null],
    ],
    null,
  ],
  [
    'the row that is cited was derived anew',
    [
      ['app_1__row_6', FREE, '2020-02-01', '2020-02-01'],
      CITED,
      IN_PLACE,
      ...ANNEXES,
      ['app_2__row_6', PAID, FIRST, YEAR_2023],
      ['app_2__row_6', FREE, YEAR_2023, null],
    ],
    null,
  ],
  [
    'an annex was put in as the first one',
    [
      CITED,
      IN_PLACE,
      ['app_1', ONE, FIRST, AMENDED],
      ['app_1', OTHER, AMENDED, null],
      ['app_2', ONE, AMENDED, null],
      ['app_2__row_6', FREE, AMENDED, null],
    ],
    ['прил. 2 строка 6'],
  ],
  [
    'an annex was put in, and the one whose place this one took said the same',
    [
      CITED,
      IN_PLACE,
      ['app_1', ONE, FIRST, AMENDED],
      ['app_1', OTHER, AMENDED, null],
      ['app_2', TWO, FIRST, AMENDED],
      ['app_2', ONE, AMENDED, null],
      ['app_2__row_6', FREE, FIRST, AMENDED],
      ['app_2__row_6', FREE, AMENDED, null],
    ],
    ['прил. 2 строка 6'],
  ],
  [
    'its annex is gone, and a new one has the same few words in its place',
    [CITED, ['app_1', ONE, FIRST, AMENDED], ['app_2', TWO, AMENDED, null], ['app_2__row_6', FREE, AMENDED, null]],
    null,
  ],
  [
    'its annex has another number, and nothing stands under the old one',
    [CITED, ['app_1', ONE, FIRST, AMENDED], ['app_2', ONE, AMENDED, null], ['app_2__row_6', FREE, AMENDED, null]],
    ['прил. 2 строка 6'],
  ],
  [
    'a long text is gone and comes under another annex',
    [['app_1__row_6', LONG, FIRST, AMENDED], ...ANNEXES, ['app_2__row_7', LONG, AMENDED, null]],
    ['прил. 2 строка 7'],
  ],
  [
    'its row is gone, and another annex has said the same since before',
    [CITED, ...ANNEXES, ['app_2__row_6', FREE, YEAR_2023, null]],
    null,
  ],
  [
    'a point was put in before it',
    [
      ['chp_1__para_2', LONG, FIRST, AMENDED],
      ['chp_1__para_2', OTHER_LONG, AMENDED, null],
      ['chp_1__para_3', LONG, AMENDED, null],
    ],
    ['гл. 1 п. 3'],
  ],
  [
    'twice a point was put in before it',
    [
      ['chp_1__para_2', LONG, FIRST, YEAR_2023],
      ['chp_1__para_2', OTHER_LONG, YEAR_2023, null],
      ['chp_1__para_3', LONG, YEAR_2023, AMENDED],
      ['chp_1__para_3', `${OTHER_LONG} `, AMENDED, null],
      ['chp_1__para_4', LONG, AMENDED, null],
    ],
    ['гл. 1 п. 4'],
  ],
  [
    'a long text was restated where it stands, and a new annex says the old words',
    [
      ['app_1__row_6', LONG, FIRST, AMENDED],
      ['app_1__row_6', OTHER_LONG, AMENDED, null],
      ...ANNEXES,
      ['app_2__row_7', LONG, AMENDED, null],
    ],
    null,
  ],
])('%s', async (_, wordings, expected) => {
  expect(await movedTo(wordings)).toEqual(expected)
})
