import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasKazakhLetter } from '#server/search/analysis/normalise.ts'
import { createInProcessIndex } from '#server/search/in-process-index.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { readConllu } from '../stemming/read-conllu.ts'
import { readBeir } from './read-beir.ts'

const directory = ['../shared/data', 'data'].find((path) =>
  ['retrieval/kazqad-kk', 'retrieval/xquad-ru', 'language/kk_ktb-dev.conllu'].every((name) =>
    existsSync(join(path, name)),
  ),
)
const skipped = directory === undefined ? ' (SKIPPED: no retrieval sets and treebank on this machine)' : ''

describe.skipIf(directory === undefined)(`Kazakh words and questions${skipped}`, () => {
  it('are never taken for text typed with another layout on', { timeout: 300_000 }, async () => {
    const [kazakh, russian] = await Promise.all(
      ['kazqad-kk', 'xquad-ru'].map((name) => readBeir(join(directory ?? '', 'retrieval', name))),
    )
    const index = createInProcessIndex(await readLanguageData('content'))
    const documents = [...(kazakh?.documents ?? []), ...(russian?.documents ?? [])]
    await index.apply({
      remove: [],
      upsert: documents.map(({ _id, text }, at) => ({
        passageId: `${at} ${_id}`,
        articleId: 'art_1',
        lang: at < (kazakh?.documents.length ?? 0) ? 'kk' : 'ru',
        title: '',
        label: '',
        context: '',
        text,
        validFrom: '2016-01-01',
        validTo: null,
        fingerprint: _id,
      })),
    })
    const forms = await readConllu(join(directory ?? '', 'language/kk_ktb-dev.conllu'))
    const asked = new Set(
      [...forms.map(({ form }) => form), ...(kazakh?.queries ?? []).map(({ text }) => text)].filter((text) =>
        hasKazakhLetter(text.toLowerCase()),
      ),
    )
    expect(asked.size).toBeGreaterThan(1000)
    const taken: string[] = []
    for (const text of asked) {
      const { correctionKind, correctedTo } = await index.search({ asOf: '2026-11-24', limit: 1, prefix: false, text })
      if (correctionKind === 'layout') taken.push(`${text} → ${correctedTo}`)
    }
    expect(taken).toEqual([])
  })
})
