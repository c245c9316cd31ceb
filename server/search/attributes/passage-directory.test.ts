import { describe, expect, it } from 'vitest'
import { createDirectory, matterOf, type DirectoryFacts } from './passage-directory.ts'

describe('the body that words name', () => {
  it.each([
    ['и.о. Министра юстиции Республики Казахстан', 'юстиции'],
    ['Министра юстиции РК', 'юстиции'],
    ['Министерство юстиции Республики Казахстан', 'юстиции'],
    ['Министерство финансов Республики Казахстан (Комитет государственных доходов)', 'финансов'],
    ['Исполняющего обязанности Министра внутренних дел Республики Казахстан', 'внутренних дел'],
    ['Қазақстан Республикасының Әділет министрлігі', 'әділет'],
    ['Қазақстан Республикасы Әділет министрінің', 'әділет'],
    ['Республики Казахстан', null],
    ['Единый контакт-центр', null],
  ])('«%s» is of %s', (words, matter) => {
    expect(matterOf(words)).toBe(matter)
  })
})

const JUSTICE = {
  ru: 'Министерство юстиции Республики Казахстан',
  kk: 'Қазақстан Республикасының Әділет министрлігі',
  en: '',
}
const FACTS: DirectoryFacts = {
  standards: [
    { actId: 'act_1', eid: 'ann_1__app_1__table', lang: 'ru', heading: 'Перечень «Аттестация адвоката»' },
    { actId: 'act_1', eid: 'ann_1__app_1__table', lang: 'kk', heading: '«Адвокатты аттестаттау» тізбе' },
    { actId: 'act_1', eid: 'ann_2__app_1__table', lang: 'ru', heading: 'Перечень «Выдача лицензии»' },
    { actId: 'act_2', eid: 'app_3__table', lang: 'ru', heading: 'Наименование «Архивная выписка»' },
  ],
  acts: [
    { actId: 'act_1', issuer: 'и.о. Министра юстиции Республики Казахстан', key: '2020-05-28 61' },
    { actId: 'act_2', issuer: 'Министра архивов Республики Казахстан', key: '2024-03-10 79' },
  ],
  agencies: [
    { id: 'agc_justice', name: JUSTICE },
    { id: 'agc_local', name: { ru: 'Акимат', kk: 'Әкімдік', en: '' } },
  ],
  services: [
    { id: 'svc_1', agencyId: 'agc_local', isAssumed: false, name: 'АРХИВНАЯ  выписка', byLaw: '2001-01-01 5' },
    { id: 'svc_2', agencyId: 'agc_local', isAssumed: true, name: 'Другая', byLaw: '2020-05-28 61' },
  ],
}

describe('whose and what a passage is', () => {
  const directory = createDirectory(FACTS)
  const of = (actId: string, eid: string) => directory.attributesOf(true, [{ actId, eid }])
  const [first, second, third] = ['act_1/ann_1__app_1__table', 'act_1/ann_2__app_1__table', 'act_2/app_3__table']

  it.each([
    [
      'a row of a standard is of its service alone',
      'act_1',
      'ann_1__app_1__row_3',
      'passport',
      [first],
      ['agc_justice'],
    ],
    ['so is the table', 'act_1', 'ann_2__app_1__table', 'passport', [second], ['agc_justice']],
    [
      'a point of an annex is of the services of that annex',
      'act_1',
      'ann_2__chp_2__para_8',
      'act',
      [second],
      ['agc_justice'],
    ],
    ['a form of a standard too', 'act_1', 'ann_1__app_1__app_1', 'act', [first], ['agc_justice']],
    ['a point of the order is of none', 'act_1', 'order__para_1', 'act', undefined, ['agc_justice']],
    ['a body has the services that have the name of its own', 'act_2', 'chp_1__para_1', 'act', [third], ['agc_local']],
    ['an unknown act is nobody’s', 'act_9', 'para_1', 'act', undefined, undefined],
  ])('%s', (_name, actId, eid, kind, service, agency) => {
    expect(of(actId, eid)).toEqual({ kind, ...(agency && { agency }), ...(service && { service }) })
  })

  it('an article of people has what its sources have, and is no provision', () => {
    const places = [
      { actId: 'act_2', eid: 'app_3__row_1' },
      { actId: 'act_1', eid: 'ann_1__chp_1__para_1' },
    ]
    expect(directory.attributesOf(false, places)).toEqual({
      kind: 'article',
      agency: ['agc_justice', 'agc_local'],
      service: [first, third],
    })
  })

  it('knows the passports of a service of the registry, letter case and spaces aside', () => {
    expect(directory.passportsOf.get('svc_1')).toEqual([third])
    expect(directory.passportsOf.get('svc_2')).toBeUndefined()
  })
})
