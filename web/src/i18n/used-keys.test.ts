import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ru } from './ru.ts'

const root = join(import.meta.dirname, '../../..')
const PLURAL = /_(?:one|few|many|other)$/u
const WORD = /'([\w-]+)'|\b(\w+)\??:/gu

const textOf = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path) && !/\.test\.tsx?$|^i18n\W/u.test(path))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))
    .join('\n')
const wordsOf = (text: string): string[] => [...text.matchAll(WORD)].map(([, quoted, name]) => quoted ?? name ?? '')

function keysOf(dictionary: object, at = ''): string[] {
  return Object.entries(dictionary).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${at}${name}.`) : [`${at}${name}`],
  )
}

/**
 * Keys that the pages never ask for. Of a key that is put together, as `gate.kind_${kind}` is, what stands for the changing part must be a word
 * of the pages or of the server. Pure.
 */
function unused(keys: readonly string[], pages: string, server: string): string[] {
  const quoted = new Set([...pages.matchAll(/'([\w.-]+)'/gu)].map(([, key]) => key))
  const words = new Set([...wordsOf(pages), ...wordsOf(server)])
  const forms = [
    ...new Set([...pages.matchAll(/`([A-Za-z]+\.[\w.-]*)\$\{[^`]*?\}([\w.-]*)`/gu)].map(([, a, b]) => `${a} ${b}`)),
  ].map((form) => form.split(' '))
  const isAsked = (key: string): boolean =>
    quoted.has(key) ||
    forms.some(
      ([before = '', after = '']) =>
        key.startsWith(before) && key.endsWith(after) && words.has(key.slice(before.length, key.length - after.length)),
    )
  return keys.filter((key) => !isAsked(key) && !isAsked(key.replace(PLURAL, '')))
}

const pages = textOf('web/src')
const server = ['server', 'ingest'].map(textOf).join('\n')

test('every word of the dictionaries is said by some page', () => {
  const keys = keysOf(ru)
  expect(keys.length).toBeGreaterThan(1000)
  expect(unused(keys, pages, server)).toEqual([])
})

test('a key that nobody asks for is found; one that is put together or has plural forms is not', () => {
  const text = "t('a.said') t('a.count', { count }) t(`a.kind_${one.kind}`) t(`a.${action}Text`) const one = 'central'"
  const server = "['keep']"
  const keys = ['a.said', 'a.count_one', 'a.count_other', 'a.kind_central', 'a.keepText']
  expect(unused([...keys, 'a.kindFilter', 'a.kind_gone', 'a.protected', 'a.goneText'], text, server)).toEqual([
    'a.kindFilter',
    'a.kind_gone',
    'a.protected',
    'a.goneText',
  ])
})
