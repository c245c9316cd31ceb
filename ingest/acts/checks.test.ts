import { describe, expect, it } from 'vitest'
import type { Message } from './act.ts'
import { rulesSource, smallAct } from './fixtures/small-act.ts'
import { parseAct } from './parse-act.ts'

function messagesOf(source: string): Message[] {
  return parseAct(source).messages
}

function summary(source: string): string[] {
  return messagesOf(source).map((one) => `${one.severity} ${one.rule}`)
}

/** The line of the source a message points at. */
function pointedAt(source: string, rule: string): string {
  const found = messagesOf(source).find((one) => one.rule === rule)
  if (!found) throw new Error(`no ${rule}`)
  const { line, column } = found.place.start
  return (source.split('\n')[line - 1] ?? '').slice(column - 1)
}

describe('faults of the numbering', () => {
  it('a missing point is an error at the point after it', () => {
    const source = smallAct({ rules: ['1. Служба отвечает.', '3. Служба бесплатна.'] })
    expect(summary(source)).toEqual(['error point-missing'])
    expect(pointedAt(source, 'point-missing')).toBe('3. Служба бесплатна.')
    expect(messagesOf(source)[0]?.text).toMatch(
      /^Строка \d+: пункт 2 отсутствует: пункт 3 стоит не по порядку\. Верните/,
    )
  })

  it('a repeated point, a missing sub-point and a missing chapter are told all at once', () => {
    const source = smallAct({
      rules: [
        'Глава 1. Начало',
        '1. Служба:',
        '1) отвечает;',
        '3) молчит.',
        'Глава 3. Конец',
        '2. Служба бесплатна.',
        '2. Служба открыта.',
      ],
    })
    expect(summary(source)).toEqual(['error subpoint-missing', 'error chapter-missing', 'error point-repeated'])
  })

  it('points of the order and of the rules are counted apart', () => {
    expect(
      summary(
        smallAct({ order: ['2. Исполнить.', '3. Проверить.'], rules: ['1. Служба отвечает.', '2. Служба бесплатна.'] }),
      ),
    ).toEqual([])
  })

  it('a point 2-1 needs a point 2', () => {
    expect(
      summary(smallAct({ rules: ['1. Служба отвечает.', '2. Служба бесплатна.', '2-1. Служба открыта.'] })),
    ).toEqual([])
    expect(summary(smallAct({ rules: ['1. Служба отвечает.', '2-1. Служба открыта.'] }))).toEqual([
      'error point-missing',
    ])
  })

  it('a gap that a note explains is none', () => {
    const note =
      'Сноска. Пункты 2 и 3 исключены приказом Министра связи РК от 01.02.2022 № 10 (вводится в действие с 01.03.2022).'
    expect(summary(smallAct({ rules: ['1. Служба отвечает.', note, '4. Служба бесплатна.'] }))).toEqual([])
    expect(summary(smallAct({ rules: ['1. Служба отвечает.', note, '5. Служба бесплатна.'] }))).toEqual([
      'error point-missing',
    ])
  })
})

describe('faults of the texts', () => {
  it('a point without a full stop is a warning inside and an error at the end', () => {
    expect(summary(smallAct({ rules: ['1. Служба отвечает', '2. Служба бесплатна.'] }))).toEqual([
      'warning text-unfinished',
    ])
    expect(summary(smallAct({ rules: ['1. Служба отвечает.', '2. Служба бесплатна'] }))).toEqual([
      'error text-unfinished',
    ])
  })

  it('a chapter without points is an error', () => {
    const source = smallAct({ rules: ['Глава 1. Начало', 'Глава 2. Конец', '1. Служба отвечает.'] })
    expect(summary(source)).toEqual(['error chapter-empty'])
    expect(pointedAt(source, 'chapter-empty')).toBe('Глава 1. Начало')
  })

  it('text at the margin that is no heading is kept and warned of', () => {
    const { act, messages } = parseAct(
      smallAct({ rules: ['1. Служба отвечает.', '2. Служба открыта.'], end: '\nПросим сообщать об ошибках' }),
    )
    expect(messages.map((one) => one.rule)).toEqual(['unknown-text'])
    expect(act?.remarks.at(-1)).toMatchObject({ kind: 'layout', text: 'Просим сообщать об ошибках' })
  })
})

describe('faults of the whole', () => {
  it('no title and no requisites', () => {
    expect(summary(smallAct({ rules: ['1. Служба отвечает.'], title: '' }))).toEqual(['error title-missing'])
    expect(summary(smallAct({ rules: ['1. Служба отвечает.'], requisites: 'Приказ Министра связи.' }))).toEqual([
      'error requisites-missing',
    ])
  })

  it('an annex that was announced and is not there', () => {
    expect(summary(smallAct({ order: ['1. Утвердить прилагаемые Правила.'] }))).toEqual(['error annex-missing'])
  })

  it('an appendix referred to and absent, at the point that refers to it', () => {
    const source = smallAct({
      rules: ['1. Служба отвечает.', '2. Отчет дается согласно приложению 4 к настоящим Правилам.'],
    })
    expect(summary(source)).toEqual(['error appendix-missing'])
    expect(pointedAt(source, 'appendix-missing')).toMatch(/^2\. Отчет/)
  })

  it('a reference past the last point is lost text; one inside is the lawmaker’s slip', () => {
    expect(summary(smallAct({ rules: ['1. Служба отвечает по пункту 9 настоящих Правил.'] }))).toEqual([
      'error reference-broken',
    ])
    expect(summary(smallAct({ rules: ['1. Служба отвечает по подпункту 4) пункта 1 настоящих Правил.'] }))).toEqual([
      'warning reference-broken',
    ])
  })

  it('a form whose head does not match its number row', () => {
    const source = rulesSource.replace('1 2 3 4 5 6 7 8', '1 2 3 4 5 6 7 8 9')
    expect(summary(source)).toEqual(['error form-columns'])
    expect(messagesOf(source)[0]?.text).toContain('граф 8, а строка номеров считает до 9')
  })
})

describe('damaged characters', () => {
  it.each([
    ['U+FFFD', 'Служба \uFFFDтвечает.', 'character-damaged', '\uFFFDтвечает.'],
    ['NUL', 'Служба \u0000 отвечает.', 'character-damaged', '\u0000 отвечает.'],
    ['half of a surrogate pair', 'Служба \uD83D отвечает.', 'character-damaged', '\uD83D отвечает.'],
    ['UTF-8 read as Windows-1251', 'РџСЂР°РІРёР»Р° службы.', 'encoding-wrong', 'РџСЂР°РІРёР»Р° службы.'],
    ['UTF-8 read as Latin-1', 'ÐŸÑ€Ð°Ð²Ð¸Ð»Ð° службы.', 'encoding-wrong', 'ÐŸÑ€Ð°Ð²Ð¸Ð»Ð° службы.'],
  ])('%s is an error at its place', (_, text, rule, shown) => {
    const source = smallAct({ rules: ['1. Служба открыта.', `2. ${text}`] })
    expect(parseAct(source).act).toBeNull()
    expect(pointedAt(source, rule)).toBe(shown)
  })

  it('Kazakh letters, quotes and signs of the print are none', () => {
    expect(
      summary(smallAct({ rules: ['1. Служба «Әділет» № 368/НҚ – РС, РК, РСФСР; ұ ү һ і ң ғ қ ө ә – § 5.'] })),
    ).toEqual([])
  })
})
