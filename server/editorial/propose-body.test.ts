import { expect, test } from 'vitest'
import { changeKeyOf, proposeBody, type QuotedChange } from './propose-body.ts'

const block = (eid: string, label: string, text: string) => ({
  eid,
  label,
  heading: null,
  paragraphs: [text],
  columns: [],
  children: [],
})
const BODY = `Коротко, *своими словами*.

::::provision{#chp_1__para_1 label="п. 1"}
Центр:

:::provision{#chp_1__para_1__subpara_1 label="п. 1 пп. 1"}
консультирует;
:::

:::provision{#chp_1__para_1__subpara_2 label="п. 1 пп. 2"}
отвечает.
:::
::::

:::provision{#chp_1__para_2 label="п. 2" paraphrase}
По-своему о втором.
:::

Между   ними.

:::provision{#chp_1__para_3 label="п. 3"}
Третий.
:::
`
const ACT = 'act_1'
const propose = (changes: Record<string, QuotedChange>, added: Record<string, ReturnType<typeof block>[]> = {}) =>
  proposeBody({
    body: BODY,
    actId: ACT,
    changes: new Map(Object.entries(changes).map(([eid, change]) => [changeKeyOf(ACT, eid), change])),
    added: new Map(Object.entries(added).map(([eid, blocks]) => [changeKeyOf(ACT, eid), blocks])),
  })

test('nothing changed: the text comes back letter by letter', () => {
  expect(propose({}).body).toBe(BODY)
})

test('a restated point says the new words; all around it stays letter by letter', () => {
  const { body, replaced } = propose({
    chp_1__para_3: { kind: 'restated', block: block('chp_1__para_3', 'п. 3', 'Третий, иначе.') },
  })
  expect(body).toBe(BODY.replace('\nТретий.\n', '\nТретий, иначе.\n'))
  expect(replaced).toEqual(['п. 3'])
})

test('a restated lead keeps its sub-points; a sub-point alone is renewed, dropped or added', () => {
  const lead = propose({ chp_1__para_1: { kind: 'restated', block: block('chp_1__para_1', 'п. 1', 'Единый центр:') } })
  expect(lead.body).toBe(BODY.replace('\nЦентр:\n', '\nЕдиный центр:\n'))
  const gone = propose({ chp_1__para_1__subpara_2: { kind: 'gone' } })
  expect(gone.body).not.toContain('отвечает')
  expect(gone.body).toContain('консультирует')
  expect(gone.excluded).toEqual(['п. 1 пп. 2'])
  const added = propose({}, { chp_1__para_1: [block('chp_1__para_1__subpara_3', 'п. 1 пп. 3', 'записывает.')] })
  expect(added.added).toEqual(['п. 1 пп. 3'])
  expect(added.body).toContain(
    'отвечает.\n:::\n\n:::provision{#chp_1__para_1__subpara_3 label="п. 1 пп. 3"}\nзаписывает.',
  )
})

test('a point that only moved gets its new number, as what is under it does; its words and those of a paraphrase stay', () => {
  const moved = (eid: string, label: string): QuotedChange => ({ kind: 'moved', block: block(eid, label, '–') })
  const found = propose(
    {
      chp_1__para_1: moved('chp_1__para_2', 'п. 2'),
      chp_1__para_1__subpara_1: moved('chp_1__para_2__subpara_1', 'п. 2 пп. 1'),
      chp_1__para_1__subpara_2: {
        kind: 'restated',
        block: block('chp_1__para_2__subpara_2', 'п. 2 пп. 2', 'отвечает письменно.'),
      },
      chp_1__para_2: moved('chp_1__para_3', 'п. 3'),
      chp_1__para_3: moved('chp_2__para_4', 'п. 4'),
    },
    // Quoted under its new number already.
    { chp_1__para_2: [block('chp_1__para_2__subpara_2', 'п. 2 пп. 2', 'отвечает письменно.')] },
  )
  expect(found.body).toBe(
    BODY.replaceAll('chp_1__para_3', 'chp_2__para_4')
      .replaceAll('"п. 3', '"п. 4')
      .replaceAll('chp_1__para_2', 'chp_1__para_3')
      .replaceAll('"п. 2', '"п. 3')
      .replaceAll('chp_1__para_1', 'chp_1__para_2')
      .replaceAll('"п. 1', '"п. 2')
      .replace('отвечает.', 'отвечает письменно.'),
  )
  expect(found).toMatchObject({
    moved: ['п. 1 → п. 2', 'п. 2 → п. 3', 'п. 3 → п. 4'],
    replaced: ['п. 1 пп. 2'],
    added: [],
    excluded: [],
    paraphrased: [],
  })
})

test('an excluded point gives way to a line, an excluded sub-point to a line after its point', () => {
  const point = propose({ chp_1__para_3: { kind: 'excluded', line: 'п. 3 – исключено с 01.12.2026.' } })
  expect(point.body).toBe(BODY.replace(/:::provision\{#chp_1__para_3[\s\S]*$/, 'п. 3 – исключено с 01.12.2026.\n'))
  const { body } = propose({ chp_1__para_1__subpara_1: { kind: 'excluded', line: 'п. 1 пп. 1 – исключено.' } })
  expect(body).toContain('отвечает.\n:::\n::::\n\nп. 1 пп. 1 – исключено.\n\n:::provision{#chp_1__para_2')
})

test('a paraphrase, and what has no held text, are left and named', () => {
  const found = propose({
    chp_1__para_2: { kind: 'restated', block: block('chp_1__para_2', 'п. 2', 'Второй.') },
    chp_1__para_3: { kind: 'unheld' },
  })
  expect(found.body).toBe(BODY)
  expect([found.paraphrased, found.unheld]).toEqual([['п. 2'], ['п. 3']])
})

test.each([
  ['behind the point that it stands behind', ['chp_1__para_2', 'chp_1__para_1'], 'Между   ними.'],
  [
    'behind the nearest one that is quoted',
    ['chp_1__para_9', 'chp_1__para_1__subpara_2'],
    ':::provision{#chp_1__para_2 ',
  ],
  ['at the end, where nothing before it is quoted', ['chp_0__para_1'], null],
] as const)('a new point beside quoted ones is added %s; all else stays letter by letter', (_, after, next) => {
  const { body, added } = proposeBody({
    body: BODY,
    actId: ACT,
    changes: new Map(),
    added: new Map(),
    beside: [
      {
        key: changeKeyOf(ACT, 'chp_1__para_2-1'),
        block: block('chp_1__para_2-1', 'п. 2-1', 'Новый.'),
        after: after.map((eid) => changeKeyOf(ACT, eid)),
      },
      // Quoted already: not twice.
      { key: changeKeyOf(ACT, 'chp_1__para_3'), block: block('chp_1__para_3', 'п. 3', 'Третий.'), after: [] },
    ],
  })
  const written = ':::provision{#chp_1__para_2-1 label="п. 2-1"}\nНовый.\n:::'
  expect(added).toEqual(['п. 2-1'])
  expect(body.replace(`\n\n${written}`, '')).toBe(BODY)
  const rest = body.slice(body.indexOf(written) + written.length).trim()
  expect(next === null ? rest : rest.startsWith(next)).toEqual(next === null ? '' : true)
})
