import { expect, it } from 'vitest'
import { DomainError } from '#server/errors.ts'
import { parseSampleQuestions } from './sample-questions-file.ts'
import { writeQuestionsFile } from './write-questions-file.ts'

const OF = { act: '13324', lang: 'ru' as const }
const FILE = `# Для людей.
act: "13324"
lang: ru
questions:
  para_1:
    - что это # так спросили
    - "зачем: это"

  # Второй пункт.
  para_2: [сколько стоит, "где"]
`

it('adds to lists and at the end; comments, order and quotes stay', () => {
  const { text, beyond } = writeQuestionsFile(
    FILE,
    OF,
    new Map([
      ['para_1', ['что это', 'да: нет', '№ 5 #']],
      ['para_2', ['когда']],
      ['para_3', ['почём', 'куда']],
    ]),
  )
  expect(beyond).toBe(0)
  expect(text).toBe(`# Для людей.
act: "13324"
lang: ru
questions:
  para_1:
    - что это # так спросили
    - "зачем: это"
    - "да: нет"
    - "№ 5 #"

  # Второй пункт.
  para_2: [сколько стоит, "где", "когда"]
  para_3:
    - почём
    - куда
`)
  expect(parseSampleQuestions(text).file?.questions).toEqual({
    para_1: ['что это', 'зачем: это', 'да: нет', '№ 5 #'],
    para_2: ['сколько стоит', 'где', 'когда'],
    para_3: ['почём', 'куда'],
  })
})

it('a provision that is new to the file does not get what is added to the last one, whichever is named first', () => {
  const file = '# Для людей.\nact: "13324"\nlang: ru\nquestions:\n  para_1:\n    - что это\n'
  const { text } = writeQuestionsFile(
    file,
    OF,
    new Map([
      ['para_2', ['когда']],
      ['para_1', ['почём']],
      ['para_3', ['куда']],
    ]),
  )
  expect(text).toBe(`${file}    - почём\n  para_2:\n    - когда\n  para_3:\n    - куда\n`)
})

it('without anything new the file is what it was, byte for byte', () => {
  expect(writeQuestionsFile(FILE, OF, new Map()).text).toBe(FILE)
  expect(writeQuestionsFile(FILE.trimEnd(), OF, new Map([['para_1', ['что это']]])).text).toBe(FILE.trimEnd())
})

it('an act without a file gets one that can be read; no provision gets more than a file may hold', () => {
  const many = Array.from({ length: 70 }, (_, at) => `вопрос ${at}`)
  const { text, beyond } = writeQuestionsFile(null, { act: '2024-03-12-92', lang: 'kk' }, new Map([['para_1', many]]))
  expect(beyond).toBe(10)
  const { file, faults } = parseSampleQuestions(text)
  expect(faults).toEqual([])
  expect(file).toMatchObject({ act: '2024-03-12-92', lang: 'kk', questions: { para_1: many.slice(0, 60) } })
  const grown = writeQuestionsFile(text, { act: '2024-03-12-92', lang: 'kk' }, new Map([['para_1', ['ещё один']]]))
  expect(grown).toEqual({ text, beyond: 1 })
})

it.each([
  ['a map in braces', 'act: "13324"\nlang: ru\nquestions: { para_1: [что это] }\n'],
  ['a map in braces over lines', 'act: "13324"\nlang: ru\nquestions:\n  {\n    para_1: [что это],\n  }\n'],
])('%s is refused rather than broken', (_, text) => {
  expect(() => writeQuestionsFile(text, OF, new Map([['para_2', ['когда']]]))).toThrow(DomainError)
})

it('goes in above known gaps, and takes out what asks the same', () => {
  const gaps = (lines: string) => `gaps:
  checkedOn: "2026-11-26"
  questions:
    цена рамки: # её не знают
      - сколько за рамку
${lines}`
  const contradicted = `      - почём рамка\n    вес рамки:\n      - сколько весит\n    цвет:\n      - какого цвета\n`
  const { text } = writeQuestionsFile(
    `${FILE}${gaps(contradicted)}`,
    OF,
    new Map([
      ['para_2', ['почём рамка']],
      ['para_3', ['сколько весит']],
    ]),
  )
  expect(text).toBe(
    `${FILE.replace('"где"]', '"где", "почём рамка"]')}  para_3:\n    - сколько весит\n${gaps('    цвет:\n      - какого цвета\n')}`,
  )
  expect(parseSampleQuestions(text).file?.gaps?.questions).toEqual({
    'цена рамки': ['сколько за рамку'],
    цвет: ['какого цвета'],
  })
})

it('writes what editors said of gaps: into the list, behind the last one, as of the day of the last look at all of them', () => {
  const gaps = (day: string, lines: string) => `gaps:
  checkedOn: ${day} # кто смотрел
  questions:
    цена рамки:
      - сколько за рамку
${lines}`
  const said = {
    checkedOn: '2026-12-01',
    additions: new Map([
      ['цена рамки', ['почём рамка']],
      ['вес: рамки', ['сколько весит']],
    ]),
  }
  const { text } = writeQuestionsFile(`${FILE}${gaps('"2026-11-26"', '')}`, OF, new Map(), said)
  expect(text).toBe(`${FILE}${gaps('"2026-12-01"', '      - почём рамка\n    "вес: рамки":\n      - сколько весит\n')}`)
  // A look that was earlier than the file's says nothing, and nothing new leaves the file as it was.
  expect(writeQuestionsFile(text, OF, new Map(), { ...said, checkedOn: '2026-11-01' })).toEqual({ text, beyond: 0 })
  const opened = writeQuestionsFile(FILE, OF, new Map([['para_3', ['почему']]]), said).text
  expect(opened.startsWith(FILE)).toBe(true)
  expect(parseSampleQuestions(opened).file).toMatchObject({
    questions: { para_3: ['почему'] },
    gaps: { checkedOn: '2026-12-01', questions: { 'цена рамки': ['почём рамка'], 'вес: рамки': ['сколько весит'] } },
  })
  // Of an act without a file, and without questions of provisions.
  expect(parseSampleQuestions(writeQuestionsFile(null, OF, new Map(), said).text).file).toMatchObject({
    ...OF,
    questions: {},
    gaps: { checkedOn: '2026-12-01' },
  })
})

it('fills a file that has gaps alone, drops gaps when nothing is left of them, and says no question twice', () => {
  const said = { checkedOn: '2026-12-01', additions: new Map([['вес', ['сколько весит']]]) }
  const alone = writeQuestionsFile(null, OF, new Map(), said).text
  const filled = writeQuestionsFile(alone, OF, new Map([['para_1', ['что это']]])).text
  expect(parseSampleQuestions(filled).file).toMatchObject({
    questions: { para_1: ['что это'] },
    gaps: { questions: { вес: ['сколько весит'] } },
  })
  const tied = writeQuestionsFile(alone, OF, new Map([['para_1', ['Сколько весит?']]])).text
  expect(parseSampleQuestions(tied).file).toEqual({ ...OF, questions: { para_1: ['Сколько весит?'] } })
  const both = writeQuestionsFile(tied, OF, new Map(), said)
  expect(parseSampleQuestions(both.text).file?.gaps).toBeUndefined()
})
