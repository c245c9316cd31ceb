import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DISTORTIONS, distortQuery } from './distort-queries.ts'
import { typeOnWrongKeyboard, type Keyboard } from './keyboards.ts'

const table = ['../shared/data/language', 'data/language']
  .map((directory) => `${directory}/en_to_kk_ru_layout.tsv`)
  .find((path) => existsSync(path))
const skipped = table === undefined ? ' (SKIPPED: no table of layouts is installed)' : ''

describe('keyboards of the robustness sets', () => {
  it.each<[string, Keyboard, Keyboard, string]>([
    ['Срок ответа, п. 8?', 'ru', 'us', 'Chjr jndtnf? g/ 8&'],
    ['№ 368: «ЭЦП»', 'ru', 'us', '# 368^ «"WG»'],
    ['Қызмет көрсету', 'kk', 'us', ')spvtn r-hctne'],
    ['өтініш беру қашан?', 'kk', 'us', '-n3y3i ,the 0fify?'],
    ['Өтініш, құжат.', 'kk', 'ru', '_т3н3ш6 09жат7'],
    ['мәтін-хат 12', 'kk', 'ru', 'м2т3н-хат 12'],
    ['Срок 15 дней, п. 23?', 'ru', 'kk', 'Срок "ғ дней? п№ әі:'],
    ['пп. 4) № 368/Н', 'ru', 'kk', 'пп№ ңҚ І і,ү/Н'],
    ['email', 'us', 'ru', 'уьфшд'],
  ])('«%s» meant on the keyboard %s, typed on %s: «%s»', (text, meant, on, typed) => {
    expect(typeOnWrongKeyboard(text, meant, on)).toBe(typed)
  })

  it.skipIf(table === undefined)(`agrees with XKB, key by key${skipped}`, () => {
    const [, ...rows] = readFileSync(table ?? '', 'utf8')
      .trimEnd()
      .split('\n')
    expect(rows.length).toBeGreaterThan(40)
    for (const row of rows) {
      const [us = '', kk, ru] = row.replace('\r', '').split('\t')
      expect(typeOnWrongKeyboard(us, 'us', 'kk'), row).toBe(kk)
      expect(typeOnWrongKeyboard(us, 'us', 'ru'), row).toBe(ru)
    }
  })

  it('makes the set of Russian queries typed with the Kazakh layout on, in which only figures and signs change', () => {
    expect(distortQuery('В каких 25 из 100 случаев?', 'kk-layout', 'ru', 'q1')).toBe('В каких әғ из "ққ случаев:')
    expect(DISTORTIONS['kk-layout'].langs).toEqual(['ru'])
  })
})
