import { describe, expect, it } from 'vitest'
import { createProposalReader, type ProposalEvent } from './read-proposals.ts'

/** Whole, in pieces of every size up to 7, and a character at a time: the same events. */
const read = (output: string): ProposalEvent[] => {
  const inPieces = (size: number): ProposalEvent[] => {
    const reader = createProposalReader()
    const events: ProposalEvent[] = []
    for (let at = 0; at < output.length; at += size) events.push(...reader.push(output.slice(at, at + size)))
    return [...events, ...reader.finish()]
  }
  const whole = inPieces(output.length)
  for (let size = 1; size <= 7; size += 1) expect(inPieces(size), `in pieces of ${size}`).toEqual(whole)
  return whole
}
const sentence = (text: string, ...support: [number, string][]): ProposalEvent => ({
  kind: 'sentence',
  text,
  support: support.map(([number, quote]) => ({ number, quote })),
})
const end = (covers: 'all' | 'part' | 'none'): ProposalEvent => ({ kind: 'end', covers })
const LINE = '{"s":"Ответ дают за два дня.","q":[{"n":1,"t":"два дня"}]}'
const READ = sentence('Ответ дают за два дня.', [1, 'два дня'])

describe('proposals are read from', () => {
  it.each<[string, string, ProposalEvent[]]>([
    ['lines', `${LINE}\n{"end":"all"}\n`, [READ, end('all')]],
    ['lines without a line break between', `${LINE}${LINE}{"end":"part"}`, [READ, READ, end('part')]],
    ['one document', `{"sentences":[${LINE}, ${LINE}],"end":"none"}`, [READ, READ, end('none')]],
    [
      'a printed document',
      JSON.stringify(JSON.parse(`{"sentences":[${LINE}],"end":"all"}`), null, 2),
      [READ, end('all')],
    ],
    ['an array', `[${LINE},\n{"end":"all"}]`, [READ, end('all')]],
    [
      'a fence with prose around',
      `Вот ответ:\n\`\`\`json\n${LINE}\n{"end":"all"}\n\`\`\`\nНадеюсь, помог.`,
      [READ, end('all')],
    ],
    ['behind thoughts', `<think>${LINE} {"end":"none"}</think>\n${LINE}\n{"end":"all"}`, [READ, end('all')]],
    [
      'a trailing comma',
      '{"s":"А б в.","q":[{"n":2,"t":"а б"},],}\n{"end":"all"}',
      [sentence('А б в.', [2, 'а б']), end('all')],
    ],
    [
      'quotation marks that are not escaped',
      '{"s":"По Закону "О связи" дают ответ.","q":[{"n":3,"t":"Закон "О связи" даёт"}]}\n{"end":"all"}',
      [sentence('По Закону "О связи" дают ответ.', [3, 'Закон "О связи" даёт']), end('all')],
    ],
    [
      'an odd quotation mark',
      '{"s":"Дюйм 5" это мера.","q":[{"n":3,"t":"мера пять"}]}\n{"end":"all"}',
      [sentence('Дюйм 5" это мера.', [3, 'мера пять']), end('all')],
    ],
    [
      'a number as text',
      '{"s":"А б в.","q":[{"n":"№ 4","t":"а б"}]}{"end":"partial"}',
      [sentence('А б в.', [4, 'а б']), end('part')],
    ],
    [
      'braces inside a string',
      '{"s":"А {б} в.","q":[{"n":1,"t":"{"}]}{"end":"all"}',
      [sentence('А {б} в.', [1, '{']), end('all')],
    ],
    ['no support', '{"s":"А б в.","q":[]}', [sentence('А б в.')]],
    ['prose', 'Конечно! Ответ: два дня.', []],
    ['nothing', '', []],
  ])('%s', (_, output, expected) => {
    expect(read(output)).toEqual(expected)
  })

  it('does not read a sentence that was cut off', () => {
    expect(read(`${LINE}\n{"s":"Ответ дают за три`)).toEqual([
      READ,
      { kind: 'unreadable', text: '{"s":"Ответ дают за три' },
    ])
  })

  it('gives a sentence as soon as it is closed', () => {
    const reader = createProposalReader()
    expect(reader.push(`{"sentences":[${LINE.slice(0, -1)}`)).toEqual([])
    expect(reader.push('}')).toEqual([READ])
    expect(reader.push(',{"s":"')).toEqual([])
  })

  it('gives up on an output without end', () => {
    const reader = createProposalReader()
    expect(reader.push(`{"s":"${'а'.repeat(70_000)}`)).toMatchObject([{ kind: 'unreadable' }])
    expect(reader.push(LINE)).toEqual([])
  })
})
