import { describe, expect, it } from 'vitest'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { unaccounted } from './account.ts'
import type { ParsedAct, ParseResult } from './act.ts'
import { documentHtml } from './docx/document-html.ts'
import { lostLetters } from './fixtures/lost-letters.ts'
import { adiletPage, essence, plainPage, requisiteLine, wordParts } from './fixtures/render-law.ts'
import { rulesMarkdown } from './fixtures/rules-markdown.ts'
import { parsedRules } from './fixtures/small-act.ts'
import { markdownBlocks } from './markdown/blocks.ts'
import { parseSource } from './parse-source.ts'

const rules = parsedRules()
const line = `${requisiteLine(rules.requisites, 'ru')} Зарегистрирован в Министерстве юстиции Республики Казахстан 29 февраля 2016 года № 13324.`
const markdown = rulesMarkdown(rules)

/** In a print the forms are read as columns, elsewhere as the tables that they are: what they say is compared by itself. */
const divisions = (act: ParsedAct | null): string[] =>
  essence((act?.provisions ?? []).filter(({ kind }) => !['form', 'table', 'appendix'].includes(kind)))
const notes = (act: ParsedAct | null): string[] =>
  (act?.amendments ?? []).map(
    ({ targetEids, change, by }) => `${targetEids.join(',')} ${change} ${by.date} ${by.number}`,
  )

function expectSame({ act, messages }: ParseResult): void {
  expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(divisions(act)).toEqual(divisions(rules))
  expect(notes(act)).toEqual(notes(rules))
  expect(act?.title).toBe(rules.title)
  expect(act?.annexTitle).toBe(rules.annexTitle)
  expect(act?.requisites).toMatchObject({ date: '2016-01-26', number: '83' })
  const cells = (act?.provisions ?? []).flatMap(({ table }) => table?.rows.flatMap((row) => row.cells) ?? [])
  const said = new Set(cells.map((cell) => cell.lines.join(' ')))
  const columns = rules.provisions.flatMap(({ form }) => form?.columns.map(({ title }) => title) ?? [])
  expect(columns.filter((title) => !said.has(title))).toEqual([])
}

describe('the contact centre’s Rules in other formats say what their print says, and nothing of them is lost', () => {
  it('as Markdown of the state legal base', () => {
    const source = markdown.replace(/\n\n/, `\n\n${line}\n\n`)
    const result = parseSource({ name: 'rules.md', text: source })
    expectSame(result)
    const lost = result.act ? unaccounted(source, result.act, markdownBlocks(source).marks) : []
    expect(lost.map(({ start, end }) => source.slice(start.offset, end.offset))).toEqual([])
  })

  it.each([
    ['a page of the legal base', adiletPage],
    ['a plain page', plainPage],
  ] as const)('as %s', (_, page) => {
    const source = page(page === plainPage ? markdown.replace(/\n\n/, `\n\n${line}\n\n`) : markdown, line)
    const result = parseSource({ name: 'rules.html', text: source })
    expectSame(result)
    expect(lostLetters(source, result.act)).toEqual([])
  })

  it('as a document of Word', async () => {
    const { html } = await documentHtml(zipOf(wordParts(markdown, line)))
    const result = parseSource({ name: 'rules.docx', text: html ?? '' })
    expectSame(result)
    expect(lostLetters(html ?? '', result.act)).toEqual([])
  })
})
