import { describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { adiletPage, essence, plainPage, requisiteLine } from '../fixtures/render-law.ts'
import { parseHtmlAct } from './parse-html-act.ts'

const PAGES = [
  ['page of the legal base', adiletPage],
  ['plain page', plainPage],
] as const

describe.skipIf(!hasLawData).each(PAGES)('acts of the state legal base as a %s', (_, page) => {
  it.each(lawFiles)('%s: the same elements with the same texts as from Markdown', (name) => {
    const { source, act } = lawText(name)
    const { meta, versionDate = null } = act
    const html = page(source, requisiteLine(act.requisites, act.lang))
    const result = parseHtmlAct(html, { lang: act.lang, meta: meta ?? null, versionDate })
    expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(essence(result.act?.provisions ?? [])).toEqual(essence(act.provisions))
    expect(result.act?.title).toBe(act.title)
    expect(result.act?.annexTitle).toBe(act.annexTitle)
  })
})
