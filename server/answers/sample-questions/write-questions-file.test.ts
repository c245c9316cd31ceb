import { expect, it } from 'vitest'
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
  const text = writeQuestionsFile(
    FILE,
    OF,
    new Map([
      ['para_1', ['что это', 'да: нет', '№ 5 #']],
      ['para_2', ['когда']],
      ['para_3', ['почём', 'куда']],
    ]),
  )
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

it('without anything new the file is what it was, byte for byte', () => {
  expect(writeQuestionsFile(FILE, OF, new Map())).toBe(FILE)
  expect(writeQuestionsFile(FILE.trimEnd(), OF, new Map([['para_1', ['что это']]]))).toBe(FILE.trimEnd())
})

it('an act without a file gets one that can be read; no provision gets more than a file may hold', () => {
  const many = Array.from({ length: 70 }, (_, at) => `вопрос ${at}`)
  const text = writeQuestionsFile(null, { act: '2024-03-12-92', lang: 'kk' }, new Map([['para_1', many]]))
  const { file, faults } = parseSampleQuestions(text)
  expect(faults).toEqual([])
  expect(file).toMatchObject({ act: '2024-03-12-92', lang: 'kk', questions: { para_1: many.slice(0, 60) } })
  const grown = writeQuestionsFile(text, { act: '2024-03-12-92', lang: 'kk' }, new Map([['para_1', ['ещё один']]]))
  expect(grown).toBe(text)
})
