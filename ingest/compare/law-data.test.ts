import { describe, expect, it } from 'vitest'
import { hasLawData, lawText } from '#ingest/acts/fixtures/law-data.ts'
import { compareLanguages } from './compare-languages.ts'

/**
 * Material differences as read side by side by eye, every provision, row and form of the four acts in both languages, all of them of
 * these kinds: numbers, terms, kinds of days, addresses, items of lists, who acts, on what, in which form. `false`: what the comparison
 * tells without a difference that matters (2 of 42).
 */
const READ: Record<string, [eid: string, kind: string, isReal: boolean][]> = {
  '187321 2023-10-10': [
    ['chp_1__para_6', 'subject', true],
    ['chp_2__para_9', 'contact', true],
    ['app_2__row_4', 'subject', true],
    ['app_2__row_8', 'subject', true],
    ['app_2__row_10', 'paragraph', true],
  ],
  '181886 2026-07-12': [
    ['chp_2__para_9', 'subject', true],
    ['app_1__row_3', 'term', true],
    ['app_1__row_5', 'subject', true],
    ['app_1__row_8', 'subject', false],
    ['app_2__form', 'subject', true],
    ['app_4__form', 'subject', true],
  ],
  '142691 2026-07-12': [
    ['chp_2__para_6__part_7__subpara_2__part_2', 'list', true],
    ['chp_2__para_7__part_5', 'subject', true],
    ['chp_3__para_9__part_5', 'subject', true],
    ['chp_3__para_9__part_6', 'subject', true],
    ['chp_3__para_9__part_7', 'subject', true],
    ['app_2__form', 'subject', true],
    ['app_3__row_3', 'subject', true],
    ['app_3__row_5', 'subject', true],
    ['app_3__row_8', 'list', true],
    ['app_3__row_8', 'subject', true],
    ['app_3__row_10', 'contact', true],
    ['app_4__form', 'subject', true],
  ],
  '143369 2026-01-01': [
    ['ann_1__chp_2__para_2', 'subject', true],
    ['ann_1__chp_2__para_14', 'subject', true],
    ['ann_1__chp_2__para_15', 'subject', false],
    ['ann_1__chp_2__para_15__part_2', 'subject', true],
    ['ann_1__chp_2__para_23', 'subject', true],
    ['ann_1__chp_2__para_23__part_2', 'subject', true],
    ['ann_1__app_1__row_3', 'days', true],
    ['ann_1__app_1__row_10', 'contact', true],
    ['ann_1__app_1__app_1__form', 'subject', true],
    ['ann_2__chp_2__para_2', 'contact', true],
    // A refusal of the licence or of its reissue by the one text; a refusal, or a reissue, by the other, in the same words.
    ['ann_2__chp_2__para_7__part_5', 'subject', true],
    ['ann_2__chp_3__para_9__part_3', 'subject', true],
    ['ann_2__app_1__row_3', 'list', true],
    ['ann_2__app_1__row_3', 'term', true],
    ['ann_2__app_1__row_3', 'subject', true],
    ['ann_2__app_1__row_9', 'subject', true],
    ['ann_2__app_1__row_10', 'subject', true],
    ['ann_2__app_1__app_1__form', 'subject', true],
    ['ann_2__app_1__app_3__form', 'subject', true],
  ],
}

describe.skipIf(!hasLawData)('the Russian and the Kazakh text of real acts', () => {
  const read = (code: string, day: string, name: 'rus' | 'kaz') => lawText(`${code}.${name}.${day}.md`).act.provisions

  it.each(Object.keys(READ))('%s: what a caller would feel is told, and little else', (name) => {
    const [code = '', day = ''] = name.split(' ')
    const found = compareLanguages(read(code, day, 'rus'), read(code, day, 'kaz'))
      .filter(({ isMaterial }) => isMaterial)
      .map(({ kind, ru, kk }) => `${ru.eid ?? kk.eid} ${kind}`)
    expect(found).toEqual(READ[name]?.map(([eid, kind]) => `${eid} ${kind}`))
  })

  it('few of them are false alarms', () => {
    const told = Object.values(READ).flat()
    expect([told.filter(([, , isReal]) => !isReal).length, told.length]).toEqual([2, 42])
  })

  it.each([
    ['187321 2023-10-10', 'chp_1__para_6', ['филиалов и представительств'], []],
    ['143369 2026-01-01', 'ann_1__chp_2__para_14', ['формируется'], ['бекiтедi']],
    // A ground for refusal: a decision or a verdict by the one text, a verdict alone by the other.
    ['143369 2026-01-01', 'ann_2__app_1__row_9', ['решение'], []],
    [
      '143369 2026-01-01',
      'ann_2__chp_2__para_7__part_5',
      ['отказе в выдаче либо переоформлении'],
      ['беруден бас тарту'],
    ],
    // A field of a blank that may stay empty.
    ['181886 2026-07-12', 'app_2__form', ['(при наличии)', 'Залогодержатель'], ['Кепіл беруші']],
  ])('%s %s: the words themselves', (name, eid, inRu, inKk) => {
    const [code = '', day = ''] = name.split(' ')
    const told = compareLanguages(read(code, day, 'rus'), read(code, day, 'kaz')).find(
      ({ kind, ru }) => kind === 'subject' && ru.eid === eid,
    )
    expect(told?.ru.said.map(({ text }) => text)).toEqual(inRu)
    expect(told?.kk.said.map(({ text }) => text)).toEqual(inKk)
  })

  it('the days for an attestation: calendar in Russian, working in Kazakh', () => {
    const difference = compareLanguages(read('143369', '2026-01-01', 'rus'), read('143369', '2026-01-01', 'kaz')).find(
      ({ kind }) => kind === 'days',
    )
    expect(difference?.ru.said.map(({ text }) => text)).toEqual(['15 (пятнадцать) календарных дней'])
    expect(difference?.kk.said.map(({ text }) => text)).toEqual(['15 (он бес) жұмыс күні'])
  })
})
