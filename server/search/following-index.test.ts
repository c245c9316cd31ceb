import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '#server/logger.ts'
import { NO_LANGUAGE_DATA, parseLanguageData, type LanguageData } from './analysis/language-data.ts'
import { createFollowingIndex } from './following-index.ts'
import { createInProcessIndex, IN_PROCESS_SOURCE } from './in-process-index.ts'
import type { LexicalDocument, LexicalEngine } from './lexical-index.ts'
import { createIndexSnapshots } from './snapshots/index-snapshots.ts'
import { createSwitchingIndex } from './switching-index.ts'

const languageOf = (words: string): LanguageData => {
  const { data, faults } = parseLanguageData([
    { fileName: 'x.yaml', text: `{ lang: ru, concepts: [{ id: x, weight: 1, same: [${words}] }] }` },
  ])
  return data ?? expect.fail(faults.join())
}
const documents: LexicalDocument[] = Array.from({ length: 1200 }, (_, at) => ({
  passageId: `psg_${at}`,
  articleId: 'art_1',
  lang: 'ru',
  title: 'Справка',
  label: `п. ${at}`,
  context: '',
  text: at === 7 ? 'Талон выдаётся в зале.' : 'Справка готовится в отделе.',
  validFrom: '2020-01-01',
  validTo: null,
  fingerprint: `f${at}`,
}))
const asked = { asOf: '2026-01-01', limit: 3, prefix: true }

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bilim-following-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const open = (language: LanguageData, fill = (engine: LexicalEngine) => engine.rebuild(documents)) =>
  createFollowingIndex(
    language,
    (own) =>
      createSwitchingIndex(
        () => createInProcessIndex(own),
        createIndexSnapshots({ directory, source: IN_PROCESS_SOURCE, language: own, log: createLogger('silent') }),
      ),
    fill,
  )
const find = async (index: ReturnType<typeof open>, text: string) =>
  (await index.search({ ...asked, text })).hits.map(({ passageId }) => passageId)

it('searches go by the old words until the index of the new ones is whole, and its snapshot is the one that stays', async () => {
  const index = open(NO_LANGUAGE_DATA)
  await index.open()
  await index.rebuild(documents)
  expect(await find(index, 'бумажка')).toEqual([])

  const language = languageOf('талон, бумажка')
  const following = index.follow(language)
  expect(await find(index, 'бумажка')).toEqual([])
  expect(await find(index, 'талон')).toEqual(['psg_7'])
  await following
  expect(index.language()).toBe(language)
  expect(await find(index, 'бумажка')).toEqual(['psg_7'])
  await index.close()

  const restarted = open(language)
  await restarted.open()
  expect((await restarted.state()).size).toBe(documents.length)
  expect(await find(restarted, 'бумажка')).toEqual(['psg_7'])
})

it('an index that cannot be filled leaves the old one where it is, and the next try may do better', async () => {
  let isAway = true
  const index = open(NO_LANGUAGE_DATA, async (engine) => {
    if (isAway) throw new Error('away')
    await engine.rebuild(documents)
  })
  await index.rebuild(documents)
  const language = languageOf('талон, бумажка')
  await expect(index.follow(language)).rejects.toThrow('away')
  expect(index.language()).toBe(NO_LANGUAGE_DATA)
  expect(await find(index, 'талон')).toEqual(['psg_7'])
  isAway = false
  await index.follow(language)
  expect(await find(index, 'бумажка')).toEqual(['psg_7'])
})

it('an index that could not be filled takes no snapshot from the one that goes on', async () => {
  const own = join(directory, 'goes-on')
  const engines = (fill: (engine: LexicalEngine) => Promise<unknown>) =>
    createFollowingIndex(
      NO_LANGUAGE_DATA,
      (language) =>
        createSwitchingIndex(
          () => createInProcessIndex(language),
          createIndexSnapshots({ directory: own, source: IN_PROCESS_SOURCE, language, log: createLogger('silent') }),
        ),
      fill,
    )
  const index = engines(async (engine) => {
    await engine.rebuild(documents)
    throw new Error('away')
  })
  await index.open()
  await expect(index.follow(languageOf('талон, бумажка'))).rejects.toThrow('away')
  // What the live one learns afterwards is kept, and by its own words.
  await index.rebuild(documents)
  await index.close()

  const restarted = engines((engine) => engine.rebuild(documents))
  await restarted.open()
  expect((await restarted.state()).size).toBe(documents.length)
})
