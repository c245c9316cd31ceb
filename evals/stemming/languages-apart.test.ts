import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import { createAnalyser, langOfTerm, termsOfToken } from '#server/search/analysis/analyser.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { readConllu } from './read-conllu.ts'

const directory = ['../shared/data/language', 'data/language'].find((path) =>
  ['kk_ktb-dev.conllu', 'ru_gsd-ud-dev.conllu'].every((name) => existsSync(join(path, name))),
)
const analyser = createAnalyser(await readLanguageData('content'))

/** Terms of all forms of the gold treebanks of a language, each with a form that has it; concepts, where the languages are to meet, aside. */
async function termsOfForms(lang: Lang): Promise<{ forms: number; terms: Map<string, string> }> {
  const files = (await readdir(directory ?? '')).filter(
    (name) => name.startsWith(`${lang}_`) && name.endsWith('.conllu'),
  )
  const items = await Promise.all(files.map((name) => readConllu(join(directory ?? '', name))))
  const forms = new Set(items.flat().map(({ form }) => form))
  const terms = new Map<string, string>()
  for (const form of forms)
    for (const token of analyser.analyse(form, lang).tokens)
      for (const term of termsOfToken(token)) terms.set(term, form)
  return { forms: forms.size, terms }
}

describe.skipIf(directory === undefined)(
  `words of two languages${directory === undefined ? ' (SKIPPED: no treebanks of both languages on this machine)' : ''}`,
  () => {
    it('never share a term, over every form of the gold treebanks', async () => {
      const [russian, kazakh] = await Promise.all([termsOfForms('ru'), termsOfForms('kk')])
      expect(russian.forms).toBeGreaterThan(1000)
      expect(kazakh.forms).toBeGreaterThan(1000)
      const shared = [...russian.terms].filter(([term]) => kazakh.terms.has(term))
      // What both say in the same figures: «два», «екі».
      expect(shared.filter(([term]) => !/^#\d+$/u.test(term))).toEqual([])
      for (const [term, form] of russian.terms) expect(langOfTerm(term), form).not.toBe('kk')
      for (const [term, form] of kazakh.terms) expect(langOfTerm(term), form).not.toBe('ru')
    })
  },
)
