import { expect, it } from 'vitest'
import { parseActMeta } from './act-meta.ts'
import { parseMarkdownAct } from './markdown/parse-markdown-act.ts'

const BY = 'приказом Министра тишины РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022).'
const { meta } = parseActMeta("act_code: '77'\nrequisite: Закон Республики Казахстан от 15 апреля 2013 года № 88-V\n")

/** Two sections, each with a chapter 1 that has a paragraph 1. */
const law = (note: string): string =>
  `# О тишине

## Раздел 1. ОБЩАЯ ЧАСТЬ

### Глава 1. НАЧАЛО

#### Параграф 1. Слова

Статья 1. Тишина

Тишина есть.

## Раздел 2. ОСОБЕННАЯ ЧАСТЬ

### Глава 1. ДЕЛО

> *Сноска. ${note}*

#### Параграф 1. Дела

#### Параграф 2. Прочее

Тишину хранят.
`
    .replace('Статья 1. Тишина', '##### Статья 1. Тишина')
    .replace('Тишину хранят.', '##### Статья 2. Хранение\n\nТишину хранят.')

it.each([
  [`Глава 1 раздела 2 - в редакции ${BY.replace('приказом', 'приказа')}`, 'sec_2__chp_1'],
  [`Раздел 2 - в редакции ${BY.replace('приказом', 'приказа')}`, 'sec_2'],
  [`Параграф 1 главы 1 раздела 2 исключен ${BY}`, 'sec_2__chp_1__prg_1'],
  [`Параграф 2 исключен ${BY}`, 'sec_2__chp_1__prg_2'],
  [`Заголовок раздела 2 - в редакции ${BY.replace('приказом', 'приказа')}`, 'sec_2#heading'],
  [`Глава 1 раздела 2 дополнена параграфом 2 в соответствии с ${BY}`, 'sec_2__chp_1__prg_2'],
  [`Глава 1 - в редакции ${BY.replace('приказом', 'приказа')}`, 'sec_1__chp_1'],
])('%s', (note, eid) => {
  const { act, messages } = parseMarkdownAct(law(note), { meta })
  expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(act?.amendments.map(({ targetEids }) => targetEids.join())).toEqual([eid])
})

it('a chapter that its section does not have is told, not taken from another section', () => {
  const { act, messages } = parseMarkdownAct(
    law(`Глава 1 раздела 3 - в редакции ${BY.replace('приказом', 'приказа')}`),
    { meta },
  )
  expect(act?.amendments[0]?.targetEids).toEqual([])
  expect(messages.map(({ rule }) => rule)).toContain('note-target-unknown')
})

const KK_BY = 'ҚР Тыныштық министрінің 01.02.2022 № 10 (01.03.2022 бастап қолданысқа енгізіледі) бұйрығымен'

/** The same in Kazakh. */
const kazakhLaw = (note: string): string =>
  `# Тыныштық туралы

## 1-бөлім. ЖАЛПЫ БӨЛІК

### 1-тарау. БАСЫ

##### 1-бап. Тыныштық

Тыныштық бар:

1) күндіз.

## 2-бөлім. ЕРЕКШЕ БӨЛІК

### 1-тарау. ІС

> *Ескерту. ${note}*

#### 1-параграф. Істер

#### 2-параграф. Басқалар

##### 2-бап. Сақтау

Тыныштық сақталады.
`

it.each([
  [`2-бөлімнің 1-тарауы жаңа редакцияда – ${KK_BY}.`, 'sec_2__chp_1'],
  [`2-бөлім жаңа редакцияда – ${KK_BY}.`, 'sec_2'],
  [`2-бөлімнің 1-тарауының 2-параграфы жаңа редакцияда – ${KK_BY}.`, 'sec_2__chp_1__prg_2'],
  [`2-бөлімнің тақырыбы жаңа редакцияда – ${KK_BY}.`, 'sec_2#heading'],
  [`1-бап 1) тармақшамен толықтырылды – ${KK_BY}.`, 'sec_1__chp_1__art_1__subpara_1'],
  [`2-бөлімнің 1-тарауы 2-параграфпен толықтырылды – ${KK_BY}.`, 'sec_2__chp_1__prg_2'],
])('%s', (note, eid) => {
  const { act, messages } = parseMarkdownAct(kazakhLaw(note), { meta, lang: 'kk' })
  expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(act?.amendments.map(({ targetEids }) => targetEids.join())).toEqual([eid])
})
