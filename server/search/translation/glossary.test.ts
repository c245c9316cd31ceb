import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parseGlossary } from './glossary.ts'

describe('the glossary of the field', () => {
  it('that the project ships has no faults and at least three hundred terms', async () => {
    const text = await readFile(new URL('../../../content/language/glossary.yaml', import.meta.url), 'utf8')
    const { glossary, faults } = parseGlossary({ fileName: 'glossary.yaml', text })
    expect(faults).toEqual([])
    expect(glossary?.length).toBeGreaterThanOrEqual(300)
  })

  it('names every fault of a file with its place', () => {
    const { glossary, faults } = parseGlossary({
      fileName: 'glossary.yaml',
      text: `groups:
  - subject: proba
    terms:
      - { ru: срок, kk: мерзім }
      - { ru: [плата, плата], kk: төлемақы }
      - { ru: мерзім, kk: срок }
      - { ru: срок, kk: мерзім }
      - { ru: что такое, kk: '№ 5' }
`,
    })
    expect(glossary).toBeNull()
    expect(faults).toEqual([
      'glossary.yaml: groups.0.terms.1.ru: «плата» повторяется',
      'glossary.yaml: groups.0.terms.2.ru: «мерзім»: казахская буква в русском термине',
      'glossary.yaml: groups.0.terms.3: «срок – мерзім» уже есть в groups.0.terms.0',
      'glossary.yaml: groups.0.terms.4.ru: «что такое»: одни служебные слова: поиск их не переводит',
      'glossary.yaml: groups.0.terms.4.kk: «№ 5»: нет ни одного слова',
    ])
  })

  it.each([
    ['groups: [', 'glossary.yaml: '],
    ['groups: []', 'glossary.yaml: groups: '],
    ['groups: [{ subject: s, terms: [{ ru: срок }] }]', 'glossary.yaml: groups.0.terms.0.kk: '],
    ['groups: [{ subject: s, terms: [{ ru: срок, kk: мерзім, en: term }] }]', 'glossary.yaml: groups.0.terms.0: '],
  ])('refuses «%s»', (text, fault) => {
    const { glossary, faults } = parseGlossary({ fileName: 'glossary.yaml', text })
    expect(glossary).toBeNull()
    expect(faults[0]).toContain(fault)
  })
})
