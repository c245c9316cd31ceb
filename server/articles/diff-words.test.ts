import { expect, test } from 'vitest'
import { diffAsMarkdown, diffWords } from './diff-words.ts'

const sides = (before: string, after: string) => {
  const parts = diffWords(before, after)
  return {
    parts,
    before: parts
      .filter((p) => p.kind !== 'added')
      .map((p) => p.text)
      .join(''),
    after: parts
      .filter((p) => p.kind !== 'removed')
      .map((p) => p.text)
      .join(''),
  }
}

test('Russian and Kazakh words are compared whole, not letter by letter', () => {
  expect(diffWords('в течение двух рабочих дней', 'в течение трёх рабочих дней')).toEqual([
    { kind: 'same', text: 'в течение ' },
    { kind: 'removed', text: 'двух' },
    { kind: 'added', text: 'трёх' },
    { kind: 'same', text: ' рабочих дней' },
  ])
  expect(diffWords('екі жұмыс күні', 'үш жұмыс күні')).toEqual([
    { kind: 'removed', text: 'екі' },
    { kind: 'added', text: 'үш' },
    { kind: 'same', text: ' жұмыс күні' },
  ])
})

test.each([
  ['', ''],
  ['', 'текст'],
  ['текст', ''],
  ['Абзац один.\n\nАбзац два.', 'Абзац два.\n\nАбзац три.'],
  ['а б в г', 'а х у г'],
  ['№ 368/НҚ', '№ 292/НҚ'],
])('%j → %j: both texts can be read off the difference', (before, after) => {
  const got = sides(before, after)
  expect(got.before).toBe(before)
  expect(got.after).toBe(after)
})

test('a replaced run of words is one replacement', () => {
  expect(diffWords('срок два рабочих дня, всегда', 'срок пять календарных суток, всегда').map((p) => p.kind)).toEqual([
    'same',
    'removed',
    'added',
    'same',
  ])
})

test('as Markdown no mark runs over the end of a line', () => {
  expect(diffAsMarkdown(diffWords('Было.\n\nИ это.', 'Стало.\n\nИ то.\n\nНовое.'))).toBe(
    '<del>Было</del><ins>Стало</ins>.\n\nИ <del>это</del><ins>то</ins>.\n\n<ins>Новое.</ins>',
  )
})

test('texts without anything in common do not take for ever', () => {
  const words = (seed: string) => Array.from({ length: 20_000 }, (_, i) => `${seed}${i}`).join(' ')
  const { before, after } = sides(words('а'), words('б'))
  expect([before, after]).toEqual([words('а'), words('б')])
})

test('a title that alone changed is in the Markdown form, as its heading', () => {
  const body = diffWords('Текст.', 'Текст.')
  expect(diffAsMarkdown(body, diffWords('Приём звонков', 'Приём обращений'))).toBe(
    '# Приём <del>звонков</del><ins>обращений</ins>\n\nТекст.',
  )
  expect(diffAsMarkdown(body, diffWords('Приём', 'Приём'))).toBe('Текст.')
})
