import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { fillIn, parseScopeRules } from './scope-rules.ts'

const source = await readFile('content/scope.yaml', 'utf8')

it('reads the rules that come with the program', () => {
  expect(parseScopeRules(source).faults).toEqual([])
})

it('names every fault at once, with its place and how to mend it', () => {
  const broken = source
    .replace('{due}', 'скоро')
    .replace('        - ипго\n', '        - ип*го\n        - ипго|\n        - есэдо\n')
    .replace('{group}', '{gruppa}')
  const { rules, faults } = parseScopeRules(broken)
  expect(rules).toBeNull()
  expect(faults).toEqual([
    'appeal.say.ru: нет {due}; добавьте его в текст',
    'groups.say.ru: нет {group}; добавьте его в текст',
    'groups.say.ru: {gruppa} здесь ничем не заменяется; можно: {group}',
    expect.stringMatching(/^groups\.ict\.phrases\.ru\.\d+: «ип\*го»: \* может стоять только в конце слова/u),
    expect.stringMatching(/^groups\.ict\.phrases\.ru\.\d+: «ипго\|»: пустое слово/u),
    expect.stringMatching(/^groups\.ict\.phrases\.ru\.\d+: «есэдо» повторяется/u),
  ])
})

it('refuses fields that it does not know, and text that is no YAML', () => {
  expect(parseScopeRules(`${source}\nmore: 1\n`).faults.join()).toContain('more')
  expect(parseScopeRules('a: [').faults).toHaveLength(1)
})

it('fills in names', () => {
  expect(fillIn('До {due}. {contacts}', { due: '01.12.2026', contacts: '' })).toBe('До 01.12.2026.')
})
