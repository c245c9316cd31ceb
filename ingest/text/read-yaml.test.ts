import { expect, it } from 'vitest'
import { z } from 'zod'
import { readYaml } from './read-yaml.ts'

const Schema = z.strictObject({
  act: z.string().min(3),
  lang: z.enum(['ru', 'kk']),
  day: z.iso.date(),
  articles: z.array(z.strictObject({ slug: z.string().regex(/^[a-z]+$/) })).min(1),
})

it('reads what the schema describes', () => {
  const text = 'act: "123"\nlang: kk\nday: 2024-05-31\narticles:\n  - slug: one\n'
  expect(readYaml(text, Schema)).toEqual({
    value: { act: '123', lang: 'kk', day: '2024-05-31', articles: [{ slug: 'one' }] },
    faults: [],
  })
})

it('names all faults of the fields at once, in Russian', () => {
  expect(readYaml('act: 12\nlang: en\nday: 2023-02-29\narticles: []\nname: x\n', Schema).faults).toEqual([
    'act: нужен текст; число возьмите в кавычки',
    'lang: нужно одно из: ru, kk',
    'day: нужен день вида 2024-05-31, который есть в календаре',
    'articles: нужно не меньше 1',
    'файл: лишнее: name; проверьте имя поля или уберите его',
  ])
  expect(readYaml('act: a\nlang: ru\narticles:\n  - slug: ONE\n', Schema).faults).toEqual([
    'act: слишком коротко: нужно знаков не меньше 3',
    'day: нет значения',
    'articles.0.slug: не тот вид; нужен такой: /^[a-z]+$/',
  ])
})

it.each([
  ['', 'файл: нужны поля вида «имя: значение»'],
  ['просто текст', 'файл: нужны поля вида «имя: значение»'],
  ['act: a\nact: b', 'строка 2: YAML не читается: поле с таким именем уже есть. Оставьте одно.'],
  ['act:\n\t- b', 'строка 2: YAML не читается: отступ сделан табуляцией. Замените её пробелами.'],
  ['act: a: b', 'строка 1: YAML не читается: лишнее двоеточие в значении. Возьмите значение в кавычки.'],
  ['act: *b', 'YAML не читается: ссылка «*имя» никуда не ведёт или их слишком много. Уберите её.'],
])('%j', (text, fault) => {
  expect(readYaml(text, Schema).faults).toContain(fault)
})
