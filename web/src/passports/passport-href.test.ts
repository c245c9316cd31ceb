import { expect, test } from 'vitest'
import { passportHref } from './passport-href.ts'

test.each([
  ['app_1__row_8', null, '/acts/act_1/passports/app_1__table?lang=kk#app_1__row_8'],
  [
    'ann_2__app_1__row_3-1',
    '2025-01-01',
    '/acts/act_1/passports/ann_2__app_1__table?lang=kk&asOf=2025-01-01#ann_2__app_1__row_3-1',
  ],
  ['chp_2__para_8', null, null],
  ['app_1__table', null, null],
])('%s on %s leads to %s', (eid, asOf, href) => {
  expect(passportHref({ actId: 'act_1', eid }, { lang: 'kk', asOf })).toBe(href)
})

test('an article that cites no act has no passport', () => {
  expect(passportHref(null, { lang: 'ru', asOf: null })).toBeNull()
})
