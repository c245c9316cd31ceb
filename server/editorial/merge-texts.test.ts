import { describe, expect, test } from 'vitest'
import { mergeTexts, mergeValues } from './merge-texts.ts'

const BASE = 'Один.\n\nДва.\n\nТри.\n'

describe('merging two texts of one beginning', () => {
  test.each([
    ['nobody changed anything', BASE, BASE, BASE],
    ['only I', 'Один!\n\nДва.\n\nТри.\n', BASE, 'Один!\n\nДва.\n\nТри.\n'],
    ['only they', BASE, 'Один.\n\nДва.\n\nТри!\n', 'Один.\n\nДва.\n\nТри!\n'],
    ['each another paragraph', 'Один!\n\nДва.\n\nТри.\n', 'Один.\n\nДва.\n\nТри!\n', 'Один!\n\nДва.\n\nТри!\n'],
    ['both the same', 'Один.\n\nДва!\n\nТри.\n', 'Один.\n\nДва!\n\nТри.\n', 'Один.\n\nДва!\n\nТри.\n'],
    [
      'I took one out, they added one',
      'Один.\n\nТри.\n',
      'Один.\n\nДва.\n\nТри.\n\nЧетыре.\n',
      'Один.\n\nТри.\n\nЧетыре.\n',
    ],
    [
      'the last line has no end',
      'Один!\n\nДва.\n\nТри.\n',
      'Один.\n\nДва.\n\nТри.\n\nИ всё',
      'Один!\n\nДва.\n\nТри.\n\nИ всё',
    ],
  ])('%s', (_, mine, theirs, merged) => {
    expect(mergeTexts(BASE, mine, theirs).text).toBe(merged)
  })

  test('the same paragraph changed in two ways waits for a choice, with all three texts', () => {
    const { text, regions } = mergeTexts(BASE, 'Один.\n\nДва мои.\n\nТри!\n', 'Один.\n\nДва их.\n\nТри.\n')
    expect(text).toBeNull()
    expect(regions.filter((region) => region.kind === 'conflict')).toEqual([
      { kind: 'conflict', base: 'Два.\n', mine: 'Два мои.\n', theirs: 'Два их.\n' },
    ])
  })

  test('whatever is chosen, each side can be read off the regions: nothing is lost', () => {
    const words = ['а', 'б', 'в', 'г', 'д']
    // A small linear congruential generator: the same cases on every machine.
    let seed = 7
    const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
    const edit = (text: string) =>
      text
        .split('\n')
        .flatMap((line) => {
          const dice = next(8)
          return dice === 0 ? [] : dice === 1 ? [line, words[next(5)] ?? ''] : dice === 2 ? [`${line}!`] : [line]
        })
        .join('\n')
    for (let i = 0; i < 300; i++) {
      const base = Array.from({ length: 6 }, () => words[next(5)] ?? '').join('\n')
      const [mine, theirs] = [edit(base), edit(base)]
      const { regions, text } = mergeTexts(base, mine, theirs)
      const read = (side: 'mine' | 'theirs') =>
        regions
          .map((r) =>
            r.kind === 'conflict'
              ? r[side]
              : r.kind === side || r.kind === 'both' || r.kind === 'same'
                ? r.text
                : r.base,
          )
          .join('')
      expect(read('mine')).toBe(mine)
      expect(read('theirs')).toBe(theirs)
      if (text !== null) expect(text).toBe(regions.map((r) => ('text' in r ? r.text : '')).join(''))
    }
  })
})

test.each([
  ['а', 'б', 'а', 'б', false],
  ['а', 'а', 'б', 'б', false],
  ['а', 'б', 'б', 'б', false],
  ['а', 'б', 'в', 'б', true],
  [null, '2026-01-01', null, '2026-01-01', false],
])('field %s: mine %s, theirs %s → %s, conflict %s', (base, mine, theirs, value, conflict) => {
  expect(mergeValues(base, mine, theirs)).toEqual({ value, conflict })
})
