import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unaccounted } from '../account.ts'
import type { ActMeta, ParseResult } from '../act.ts'
import { parseActMeta } from '../act-meta.ts'
import { renderTree } from '../render-tree.ts'
import { markdownBlocks } from './blocks.ts'
import { languageOf, type MarkdownOptions, parseMarkdownAct } from './parse-markdown-act.ts'

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')

const metaOf = (requisite: string): ActMeta => {
  const { meta, faults } = parseActMeta(
    `act_code: '77'\nrequisite: ${requisite}\nversion_date:\n  rus: 2025-03-10\n  kaz: 2025-03-10\n`,
  )
  if (meta === null) throw new Error(faults.join('; '))
  return meta
}
const ORDER = metaOf(
  'Приказ Министра тишины Республики Казахстан от 5 мая 2020 года № 7. Зарегистрирован в Министерстве юстиции Республики Казахстан 9 мая 2020 года № 555',
)
const LAW = metaOf('Закон Республики Казахстан от 15 апреля 2013 года № 88-V')

/** Compares with a stored page; UPDATE_GOLDEN=1 writes it anew. */
function expectGolden(name: string, text: string): void {
  const file = new URL(`./fixtures/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

/** The tree as it reads, then every element's id and label, references and messages. */
function page({ act, messages }: ParseResult): string {
  if (act === null) throw new Error(messages.map((one) => one.text).join('\n'))
  const index = act.provisions.map(
    ({ eid, label, status }) => `${eid} = ${label}${status === 'excluded' ? ' (исключено)' : ''}`,
  )
  const references = act.references.map(
    ({ fromEid, text, targetEids, external }) =>
      `${fromEid}: «${text}» → ${external === null ? targetEids.join(', ') : `вне акта: ${external}`}`,
  )
  const terms = act.definitions.map(
    ({ eid, term, shortForms, meaning }) => `${eid}: ${term} [${shortForms.join('; ')}] – ${meaning}`,
  )
  const said = messages.map(
    ({ place, severity, rule, text }) => `${place.start.line}:${place.start.column} ${severity} ${rule} ${text}`,
  )
  return `${renderTree(act)}\n--- элементы\n${index.join('\n')}\n--- ссылки\n${references.join('\n')}\n--- понятия\n${terms.join('\n')}\n--- сообщения\n${said.join('\n')}\n`
}

describe('acts as Markdown', () => {
  it.each([
    ['order.ru.md', ORDER],
    ['order.kk.md', ORDER],
    ['law.ru.md', LAW],
  ] as const)('%s reads like the act, with nothing lost', (name, meta) => {
    const source = fixture(name)
    const result = parseMarkdownAct(source, { meta })
    expectGolden(name.replace(/\.md$/, '.tree.txt'), page(result))
    const { act } = result
    if (act === null) throw new Error('refused')
    const lost = unaccounted(source, act, markdownBlocks(source).marks)
    expect(lost.map(({ start, end }) => source.slice(start.offset, end.offset))).toEqual([])
  })

  it('tells the language by its letters', () => {
    expect(languageOf(fixture('order.ru.md'))).toBe('ru')
    expect(languageOf(fixture('order.kk.md'))).toBe('kk')
  })

  it('takes requisites from the text where it has them, in either language', () => {
    const ru = fixture('order.ru.md').replace(
      '\n\nВ соответствии',
      '\n\nПриказ Министра тишины Республики Казахстан от 5 мая 2020 года № 7. Зарегистрирован в Министерстве юстиции Республики Казахстан 9 мая 2020 года № 555\n\nВ соответствии',
    )
    expect(parseMarkdownAct(ru).act?.requisites).toMatchObject({
      date: '2020-05-05',
      number: '7',
      registration: { number: '555' },
    })
    const kk = fixture('order.kk.md').replace(
      '\n\n«Ойдан',
      '\n\nҚазақстан Республикасы Тыныштық министрінің 2020 жылғы 5 мамырдағы № 7 бұйрығы. Қазақстан Республикасының Әділет министрлігінде 2020 жылғы 9 мамырда № 555 болып тіркелді\n\n«Ойдан',
    )
    expect(parseMarkdownAct(kk).act?.requisites).toMatchObject({
      date: '2020-05-05',
      number: '7',
      registration: { date: '2020-05-09', number: '555' },
      inForce: { rule: 'after-publication', days: 10 },
    })
  })

  const printedIn = (line: string): string =>
    fixture('order.ru.md').replace('\n\nВ соответствии', `\n\n${line}\n\nВ соответствии`)

  it('keeps the registration that only the sidecar has', () => {
    const source = printedIn('Приказ Министра тишины Республики Казахстан от 5 мая 2020 года № 7')
    expect(parseMarkdownAct(source, { meta: ORDER }).act?.requisites).toMatchObject({
      number: '7',
      registration: { date: '2020-05-09', number: '555' },
    })
  })

  it.each(['от 6 мая 2020 года № 7', 'от 5 мая 2020 года № 8'])('refuses a sidecar of another act: %s', (other) => {
    const { act, messages } = parseMarkdownAct(printedIn(`Приказ Министра тишины Республики Казахстан ${other}`), {
      meta: ORDER,
    })
    expect(act).toBeNull()
    expect(messages.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'meta-of-other-act', place: { start: { line: 3 } } },
    ])
  })

  const refusal = (source: string, options: MarkdownOptions = { meta: ORDER }): string[] => {
    const { act, messages } = parseMarkdownAct(source, options)
    expect(act).toBeNull()
    return messages.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
  }

  it.each([
    ['no requisites anywhere', fixture('order.ru.md'), { meta: null }, 'requisites-missing'],
    ['no title', fixture('order.ru.md').replace(/^# .*/, ''), { meta: ORDER }, 'title-missing'],
    [
      'a table cut off',
      fixture('order.ru.md').split('<td>Перечень документов')[0] ?? '',
      { meta: ORDER },
      'table-unclosed',
    ],
    [
      'a point that ends in the middle',
      fixture('order.ru.md').split('исчисляется в рабочих')[0] ?? '',
      { meta: ORDER },
      'text-unfinished',
    ],
    ['a point twice', fixture('order.ru.md').replace('7. Отказ', '3. Отказ'), { meta: ORDER }, 'point-repeated'],
    [
      'an order without what it approves',
      fixture('order.ru.md').split('> *Утверждены')[0] ?? '',
      { meta: ORDER },
      'annex-missing',
    ],
    ['nothing but a title', '# Об утверждении Правил\n', { meta: ORDER }, 'act-empty'],
  ])('refuses %s', (_, source, options, rule) => {
    expect(refusal(source, options)).toContain(rule)
  })

  it('says where, in lines and columns of the file', () => {
    const { messages } = parseMarkdownAct(fixture('order.ru.md'), { meta: ORDER })
    const stray = messages.find(({ rule }) => rule === 'stray-quote')
    expect(stray?.place.start).toMatchObject({ line: 34, column: 4 })
  })

  it('reads a hostile file without throwing or losing itself', () => {
    for (const source of ['', '<table>'.repeat(400), '> '.repeat(300), '*'.repeat(2000), '1. '.repeat(500), '\u0000'])
      expect(parseMarkdownAct(source, { meta: ORDER }).act).toBeNull()
  })
})

describe('what stands beside a text', () => {
  it('names every fault by its key', () => {
    expect(parseActMeta('act_code: x\n').faults).toHaveLength(2)
    expect(parseActMeta("act_code: '1'\nrequisite: Письмо\n").faults[0]).toMatch(/^requisite: не разобраны реквизиты/)
    expect(parseActMeta('a: [').faults[0]).toMatch(/^строка 1: YAML не читается: .*скобк/)
  })
})
