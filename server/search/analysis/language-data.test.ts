import { expect, it } from 'vitest'
import { readLanguageData } from '../read-language-data.ts'
import { parseLanguageData } from './language-data.ts'

it('reports every fault of every file at once, with file and place', () => {
  const { data, faults } = parseLanguageData([
    { fileName: 'a.yaml', text: 'lang: ru\nconcepts:\n  - { id: Имя, same: [] }\n' },
    { fileName: 'b.yaml', text: 'lang: [' },
    { fileName: 'c.yaml', text: 'lang: ru\nfamilies:\n  - [ответ]\n  - [ответ]\n' },
  ])
  expect(data).toBeNull()
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['a.yaml', 'a.yaml', 'b.yaml', 'c.yaml'])
  expect(faults[0]).toContain('concepts.0.id')
})

it('lets Russian and Kazakh words meet in one concept', () => {
  const { data } = parseLanguageData([
    { fileName: 'ru.yaml', text: 'lang: ru\nconcepts:\n  - { id: e-mail, same: [письмо] }\n' },
    { fileName: 'kk.yaml', text: 'lang: kk\nconcepts:\n  - { id: e-mail, same: [хат, 1414] }\n' },
  ])
  expect(data?.concepts).toEqual([
    {
      id: 'e-mail',
      weight: 0.6,
      members: [
        { text: 'письмо', lang: 'ru', weight: 1 },
        { text: 'хат', lang: 'kk', weight: 1 },
        { text: '1414', lang: 'kk', weight: 1 },
      ],
    },
  ])
})

it('accepts the files of this repository', async () => {
  expect((await readLanguageData('content')).concepts.length).toBeGreaterThan(80)
})
