import { describe, expect, it } from 'vitest'
import { rulesSource, smallAct } from './fixtures/small-act.ts'
import { parseAct } from './parse-act.ts'

function isAccepted(source: string): boolean {
  return parseAct(source).act !== null
}

function rulesOf(source: string): string[] {
  return parseAct(source).messages.map((message) => `${message.severity} ${message.rule}`)
}

/** 300 evenly spread offsets, and each end of a line: with and without its line break. */
function cuts(source: string): number[] {
  const offsets = new Set(Array.from({ length: 301 }, (_, at) => Math.round((source.length * at) / 300)))
  const paragraphEnd = /[.;:]\n/g
  for (const found of source.matchAll(paragraphEnd)) {
    offsets.add(found.index + 1)
    offsets.add(found.index + 2)
  }
  return [...offsets].sort((one, other) => one - other)
}

describe('a source that was cut off', () => {
  it('is accepted only where nothing but white space is lost', { timeout: 60_000 }, () => {
    const whole = rulesSource.trimEnd().length
    const accepted = cuts(rulesSource).filter((at) => isAccepted(rulesSource.slice(0, at)))
    expect(accepted.filter((at) => at < whole)).toEqual([])
    expect(accepted).toContain(rulesSource.length)
  })

  it.each([
    ['п. 5 приказа', 'annex-missing', 'не ранее 1 марта 2016 года.'],
    ['п. 2, первая глава одна', 'chapter-alone', 'государственным и иным \nуслугам.'],
    ['пп. 2 п. 17, перечень не закончен', 'list-unfinished', 'Единого контакт-центра;\n      3) формирует группы'],
    ['п. 17, до третьей главы', 'end-missing', 'поступающих из Единого контакт-центра.'],
    ['п. 19, до ссылок на приложения', 'end-missing', 'принятых для консультирования Единым контакт-центром.'],
    ['п. 39, до приложений', 'appendix-missing', 'информационно-коммуникационных \nуслуг.\n\n \n'],
    ['название главы 3', 'chapter-empty', 'государственных услуг и информационно-коммуникационных услуг\n'],
    ['шапка прил. 2 без строки номеров', 'form-row-missing', 'Принятые \nмеры'],
    ['строка номеров прил. 2 не до конца', 'form-columns', '1 2 3 4 5 6 7\n '],
  ])('%s: %s', (_, rule, last) => {
    const at = rulesSource.lastIndexOf(last)
    expect(at).toBeGreaterThan(0)
    const end =
      rule === 'list-unfinished'
        ? at + 'Единого контакт-центра;'.length
        : rule === 'form-columns'
          ? at + '1 2 3 4 5 6'.length
          : at + last.length
    const { act, messages } = parseAct(rulesSource.slice(0, end))
    expect(act).toBeNull()
    expect(messages.map((message) => message.rule)).toContain(rule)
  })
})

/**
 * What a text cannot tell. An act cut after a whole paragraph, when nothing it says is still owed – no
 * appendix, sub-point or chapter it announced, no term it introduced and has not used – reads like a
 * complete act, and a complete act must never be refused.
 */
describe('a complete act', () => {
  const definitions = [
    '2. В Правилах используются следующие понятия:',
    '1) оператор – сотрудник службы;',
    '2) заявка – обращение в службу.',
  ]

  it('without appendices is accepted', () => {
    expect(
      rulesOf(smallAct({ rules: ['1. Служба отвечает.', ...definitions, '3. Оператор принимает заявку.'] })),
    ).toEqual([])
  })

  it('cut after a paragraph that owes nothing cannot be told from it', () => {
    const rules = ['1. Служба отвечает.', '2. Служба бесплатна.', '3. Служба работает без выходных.']
    expect(isAccepted(smallAct({ rules }))).toBe(true)
    expect(isAccepted(smallAct({ rules: rules.slice(0, 2) }))).toBe(true)
  })

  it('with one term it never uses is accepted with a warning', () => {
    const source = smallAct({ rules: ['1. Служба отвечает.', ...definitions, '3. Оператор отвечает на вопросы.'] })
    expect(rulesOf(source)).toEqual(['warning end-unproven'])
    expect(isAccepted(source)).toBe(true)
  })

  it('with two terms it never uses is refused until a person confirms its end', () => {
    const source = smallAct({ rules: ['1. Служба отвечает.', ...definitions, '3. Служба работает без выходных.'] })
    expect(rulesOf(source)).toEqual(['error end-missing'])
    expect(parseAct(source, { endConfirmed: true }).messages).toEqual([])
  })
})
