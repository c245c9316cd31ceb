import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { queryRows } from '#server/db/database.ts'
import { DomainError } from '#server/errors.ts'
import { CONTENT, testApp, type TestApp } from '../../test/harness.ts'
import { ingestContent } from './ingest-content.ts'
import { updateArticleFiles } from './update-article-files.ts'

const ORDER = new URL('../../ingest/acts/markdown/fixtures/order.ru.md', import.meta.url)
const RULES_QUESTIONS = 'contact-centre-rules.ru.yaml'

let t: TestApp
let directory: string
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bilim-content-'))
  await cp(CONTENT, directory, { recursive: true })
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const put = (path: string, text: string | Uint8Array) => writeFile(join(directory, path), text)
const putOrder = async (date: string) => {
  await put(`sources/77.rus.${date}.md`, await readFile(ORDER))
  await put(
    `sources/77.${date}.meta.yaml`,
    `act_code: '77'\nrequisite: Приказ Министра тишины Республики Казахстан от 5 мая 2020 года № 7\nversion_date:\n  rus: ${date}\n`,
  )
}
/** All that a refusal says. */
const refusal = async (doing: Promise<unknown>): Promise<string> => {
  const error: unknown = await doing.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DomainError)) throw new Error('not refused', { cause: error })
  return [error.message, ...error.faults.map(({ path, message }) => `${path}: ${message}`)].join('\n')
}
const start = () => ingestContent(t.ctx, directory)
const build = () => updateArticleFiles({ contentDir: directory, write: true })
const questions = () =>
  queryRows<{ lang: string; n: number }>(
    t.ctx.db,
    sql`select lang, count(*)::int as n from sample_question group by lang order by lang`,
  )

test('a Markdown act in content/sources is ingested at the start and written as articles, like a text', async () => {
  await putOrder('2025-03-10')
  expect((await start()).map(({ status }) => status).sort()).toEqual(['ingested', 'unchanged'])
  const built = await build()
  expect(built).toMatchObject({ sources: 2, stale: [] })
  expect(built.different.length).toBeGreaterThan(2)
  expect(await readdir(join(directory, 'articles', 'ru'))).toEqual(
    expect.arrayContaining([
      'contact-centre-rules-tasks.md',
      ...built.different.map((path) => path.replace('ru/', '')),
    ]),
  )
  // What was built is what is published.
  const [row] = await queryRows<{ body: string }>(
    t.ctx.db,
    sql`select v.body from article a join article_version v on v.article_id = a.id
        where a.slug = ${(built.different[0] ?? '').replace(/^ru\/|\.md$/g, '')} and v.state = 'published'`,
  )
  expect(await readFile(join(directory, 'articles', built.different[0] ?? ''), 'utf8')).toContain(row?.body ?? 'none')
  expect(await updateArticleFiles({ contentDir: directory, write: false })).toMatchObject({ different: [], stale: [] })
})

test('a file that nobody can read as a source is refused at the start and in the build, not passed over', async () => {
  await put('sources/rules.rtf', '{\\rtf1}')
  await put('sources/.DS_Store', 'x')
  for (const said of [await refusal(start()), await refusal(build())]) {
    expect(said).toMatch(/rules\.rtf:1:1: Формат \.rtf не читается/)
    expect(said).not.toContain('DS_Store')
  }
})

test('two texts that would be written over each other are named, and nothing is written', async () => {
  await putOrder('2025-03-10')
  await putOrder('2024-01-20')
  const before = await readdir(join(directory, 'articles', 'ru'))
  expect(await refusal(build())).toMatch(
    /77\.rus\.2025-03-10\.md: статья ru\/\S+\.md получается и из 77\.rus\.2024-01-20\.md/,
  )
  expect(await readdir(join(directory, 'articles', 'ru'))).toEqual(before)
})

test('two files of questions, or two plans, for one act and language are a fault of both, not the last one’s win', async () => {
  const before = await questions()
  await put(
    'questions/more.ru.yaml',
    'act: "13324"\nlang: ru\nquestions:\n  chp_1__para_1:\n    - что это за правила\n',
  )
  expect(await refusal(start())).toMatch(
    /more\.ru\.yaml: вопросы к акту 13324 \(ru\) уже есть в contact-centre-rules\.ru\.yaml\. Соедините/,
  )
  expect(await questions()).toEqual(before)
  await rm(join(directory, 'questions/more.ru.yaml'))
  await cp(
    join(directory, 'sources/contact-centre-rules.ru.articles.yaml'),
    join(directory, 'sources/other.articles.yaml'),
  )
  const said =
    /other\.articles\.yaml: план статей акта 13324 \(ru\) уже есть в contact-centre-rules\.ru\.articles\.yaml/
  expect(await refusal(start())).toMatch(said)
  expect(await refusal(build())).toMatch(said)
})

test('faults of all files of questions are told at once, in Russian', async () => {
  await put('questions/a.yaml', 'act: 1\nlang: en\nquestions: {}\n')
  await put(
    `questions/${RULES_QUESTIONS}`,
    'act: "13324"\nlang: ru\nquestions:\n  chp_9__para_99:\n    - что это\n    - ?\n',
  )
  const said = await refusal(start())
  expect(said).toMatch(/a\.yaml: act: нужен текст/)
  expect(said).toMatch(/a\.yaml: lang: нужно одно из: ru, kk/)
  expect(said).toMatch(/contact-centre-rules\.ru\.yaml: questions\.chp_9__para_99\.1: /)
  await rm(join(directory, 'questions/a.yaml'))
  await put(`questions/${RULES_QUESTIONS}`, 'act: "13324"\nlang: ru\nquestions:\n  chp_9__para_99:\n    - что это\n')
  expect(await refusal(start())).toMatch(/contact-centre-rules\.ru\.yaml: положения chp_9__para_99 в акте нет/)
})

test('questions go when their file goes, and come back with it', async () => {
  const before = await questions()
  expect(before).toMatchObject([{ lang: 'ru' }])
  await rm(join(directory, 'questions', RULES_QUESTIONS))
  await start()
  expect(await questions()).toEqual([])
  await cp(join(CONTENT, 'questions', RULES_QUESTIONS), join(directory, 'questions', RULES_QUESTIONS))
  await start()
  expect(await questions()).toEqual(before)
})

test('a directory or a file of the content that cannot be read is told, not taken for an empty one', async () => {
  await rm(join(directory, 'questions'), { recursive: true })
  await put('questions', '')
  expect(await refusal(start())).toMatch(/^Каталог .*questions не читается \(ENOTDIR\)/)
  await put('agencies.yaml', 'agencies:\n  - id: justice\n')
  expect(await refusal(start())).toMatch(/agencies\.yaml: agencies\.0\.kind: нужно одно из: contact-centre, /)
  await rm(join(directory, 'agencies.yaml'))
  expect(await refusal(start())).toMatch(/^Файла .*agencies\.yaml нет/)
  await put('agencies.yaml', new Uint8Array([0xcf, 0xf0]))
  expect(await refusal(start())).toMatch(/^Файл .*agencies\.yaml не в кодировке UTF-8/)
  await rm(join(directory, 'sources'), { recursive: true })
  expect(await refusal(build())).toMatch(/^Каталога .*sources нет/)
})
