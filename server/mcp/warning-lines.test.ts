import { expect, it } from 'vitest'
import { warningLines } from './warning-lines.ts'

const change = {
  since: '2026-12-01',
  known: true,
  by: 'приказ № 12',
  actId: 'act_1',
  eids: ['chp_2__para_8'],
  labels: ['п. 8'],
  movedTo: null,
  url: '/acts/act_1',
}
const nothing = { languageDifferences: [], sourceChanged: null, changesOn: null }
const differs = {
  differenceId: 'dif_1',
  kind: 'days' as const,
  ru: { label: 'п. 8', said: ['2 рабочих дня'] },
  kk: { label: null, said: [] },
}

it.each([
  ['nothing to tell', nothing, 'ru', []],
  ['amended', { ...nothing, sourceChanged: change }, 'ru', ['⚠ изменено с 01.12.2026: п. 8 (приказ № 12)']],
  [
    'amended, the day of publication unknown',
    { ...nothing, sourceChanged: { ...change, known: false, by: null } },
    'ru',
    ['⚠ изменено не ранее 01.12.2026: п. 8'],
  ],
  ['will be', { ...nothing, changesOn: change }, 'kk', ['⚠ 01.12.2026 бастап өзгереді: п. 8 (приказ № 12)']],
  [
    'the languages differ',
    { ...nothing, languageDifferences: [differs] },
    'ru',
    ['⚠ тексты на русском и казахском языках расходятся: ru «2 рабочих дня»; kk —'],
  ],
] as const)('%s', (_, quoted, lang, lines) => {
  expect(warningLines({ ...quoted, languageDifferences: [...quoted.languageDifferences] }, lang)).toEqual(lines)
})
