import { describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawText } from '../fixtures/law-data.ts'
import { lostLetters } from '../fixtures/lost-letters.ts'
import { adiletPage, essence, plainPage, requisiteLine } from '../fixtures/render-law.ts'
import { parseHtmlAct } from './parse-html-act.ts'

/** A layout, and words of it that are no text of the act. */
const PAGES = [
  ['page of the legal base', adiletPage, ['Поиск 2. нормативных актов', 'Институт законодательства']],
  ['plain page', plainPage, []],
] as const

describe.skipIf(!hasLawData).each(PAGES)('acts of the state legal base as a %s', (_, page, aside) => {
  it.each(lawFiles)('%s: the same elements with the same texts as from Markdown', (name) => {
    const { source, act } = lawText(name)
    const { meta, versionDate = null } = act
    const html = page(source, requisiteLine(act.requisites, act.lang))
    const result = parseHtmlAct(html, { lang: act.lang, meta: meta ?? null, versionDate })
    expect(result.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(essence(result.act?.provisions ?? [])).toEqual(essence(act.provisions))
    expect(result.act?.title).toBe(act.title)
    expect(result.act?.annexTitle).toBe(act.annexTitle)
    // Every letter of the page is in an element, a note or a remark; what is no text of the act is among the remarks.
    expect(lostLetters(html, result.act)).toEqual([])
    const layout = (result.act?.remarks ?? []).filter(({ kind }) => kind === 'layout').map(({ text }) => text)
    for (const word of aside) expect(layout.filter((one) => one.includes(word))).toHaveLength(1)
  })
})
