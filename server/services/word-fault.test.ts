import { describe, expect, it } from 'vitest'
import { MESSAGES, message, type MessageCode } from '#ingest/services/messages.ts'
import { FAULT_WORDINGS } from './fault-wordings.ts'
import { wordFault } from './word-fault.ts'

const CODES = Object.keys(MESSAGES) as MessageCode[]

/** The values that the Russian text of a code shows. */
function shownIn(code: MessageCode): string[] {
  const asked = new Set<string>()
  const values = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name))
        return `<${String(name)}>`
      },
    },
  )
  MESSAGES[code].reason(values)
  return [...asked]
}

describe('faults of a submission in three languages', () => {
  it.each(CODES)('%s', (code) => {
    const names = shownIn(code)
    const fault = message(code, Object.fromEntries(names.map((name) => [name, `<${name}>`])))
    const texts = (['ru', 'kk', 'en'] as const).map((lang) => ({ lang, ...wordFault(fault, lang) }))
    expect(new Set(texts.map(({ reason }) => reason)).size).toBe(3)
    for (const { lang, reason, mend } of texts) {
      // Each says all that the Russian one says, and no placeholder is left.
      for (const name of names) expect([lang, reason]).toEqual([lang, expect.stringContaining(`<${name}>`)])
      expect(`${reason} ${mend}`).not.toMatch(/[{}]\w|undefined/u)
      expect(reason).toMatch(/\S.*\.$/u)
      expect(mend).toMatch(/\S.*\.$/u)
    }
    // English holds Russian words only as examples in quotation marks or brackets.
    const english = wordFault(fault, 'en')
    expect(`${english.reason} ${english.mend}`.replaceAll(/«[^»]*»|вн\. 123/gu, '')).not.toMatch(/\p{Script=Cyrillic}/u)
  })

  it('no wording is left over', () => {
    expect(Object.keys(FAULT_WORDINGS).toSorted()).toEqual(CODES.toSorted())
  })

  it('words of the parser among the values are said in the language too', () => {
    const nested = message('cell-type', { kind: 'логическое значение' })
    expect(wordFault(nested, 'en').reason).toBe('A text is expected here, and there is a logical value.')
    expect(wordFault(message('json-broken', { where: 'строка 3, знак 14' }), 'kk').reason).toBe(
      'Бұл JSON емес: 3-жол, 14-таңба.',
    )
    expect(wordFault(message('header-not-found', { found: '' }), 'en').reason).toContain('Alike: —.')
  })

  it('an unknown code stays as it was stored', () => {
    const old = { code: 'of-another-version', values: {}, reason: 'Как было.', mend: 'Исправьте.' }
    expect(wordFault(old, 'kk')).toEqual({ reason: 'Как было.', mend: 'Исправьте.' })
  })
})
