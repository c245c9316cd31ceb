import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { renderArticles } from '#server/content/render-articles.ts'
import { queryRows } from '#server/db/database.ts'
import { search } from '#server/search/search.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'

const SOURCE = join(CONTENT, 'sources', 'contact-centre-rules.ru.txt')

let t: TestApp
let directory: string
let original: string

beforeAll(async () => {
  t = await testApp()
  directory = await mkdtemp(join(tmpdir(), 'bilim-sources-'))
  original = await readFile(SOURCE, 'utf8')
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true, force: true })
})

const count = async () => {
  const [row] = await queryRows<Record<string, number>>(
    t.ctx.db,
    sql`select (select count(*) from edition)::int as editions, (select count(*) from provision)::int as provisions, (select count(*) from article_version)::int as versions,
               (select count(*) from passage)::int as passages, (select count(*) from passage_embedding)::int as embeddings, (select count(*) from event)::int as events`,
  )
  return row
}
const ingest = async (name: string, text: string | Uint8Array) => {
  const path = join(directory, name)
  await writeFile(path, text)
  const result = await ingestFile(t.ctx, { path, contentDir: CONTENT })
  await t.deps.reconciler.settle()
  return result
}

describe('the Rules as the knowledge base holds them', () => {
  test('all 39 points of the Rules, 5 of the order and both forms can be cited', async () => {
    const rows = await queryRows<{ eid: string; kind: string }>(
      t.ctx.db,
      sql`select eid, kind from provision order by ord`,
    )
    const points = rows.filter((row) => row.kind === 'point').map((row) => row.eid)
    expect(points.filter((eid) => eid.startsWith('chp_')).map((eid) => Number(eid.split('para_')[1]))).toEqual(
      Array.from({ length: 39 }, (_, i) => i + 1),
    )
    expect(points.filter((eid) => eid.startsWith('ord__'))).toHaveLength(5)
    expect(rows.filter((row) => row.kind === 'form').map((row) => row.eid)).toEqual(['app_1__form', 'app_2__form'])
  })

  test('every provision with text stands in a published passage, so that nothing is lost to search', async () => {
    const lost = await queryRows<{ eid: string }>(
      t.ctx.db,
      sql`select r.eid from provision r
          where r.text <> '' and r.kind <> 'chapter'
            and not exists (select 1 from passage p, jsonb_array_elements(p.segments) s where s->>'provisionId' = r.id)`,
    )
    expect(lost).toEqual([])
  })

  test('a segment of a passage is its provision’s own text', async () => {
    const rows = await queryRows<{ own: string; text: string; eid: string }>(
      t.ctx.db,
      sql`select r.eid, r.text, substr(p.text, (s->>'start')::int + 1, (s->>'end')::int - (s->>'start')::int) as own
          from passage p, jsonb_array_elements(p.segments) s join provision r on r.id = s->>'provisionId' where r.form is null and r.kind <> 'appendix'`,
    )
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.filter((row) => !row.own.endsWith(row.text))).toEqual([])
  })

  test('content/articles is byte for byte what the sources give, and what is published', async () => {
    for (const file of await renderArticles(SOURCE, CONTENT)) {
      expect(await readFile(join(CONTENT, 'articles', file.path), 'utf8'), file.path).toBe(file.text)
      const slug = file.path.replace(/^ru\/|\.md$/g, '')
      const [row] = await queryRows<{ body: string; id: string }>(
        t.ctx.db,
        sql`select v.body, a.id from article a join article_version v on v.article_id = a.id where a.slug = ${slug} and v.state = 'published'`,
      )
      expect(file.text.endsWith(row?.body ?? 'nothing')).toBe(true)
      expect(file.text).toContain(`id: ${row?.id}`)
    }
  })
})

describe('ingesting', () => {
  test('the same file again changes nothing and says so', async () => {
    const before = await count()
    const result = await ingest('contact-centre-rules.ru.txt', original)
    expect(result.status).toBe('unchanged')
    expect(await count()).toEqual(before)
  })

  test('what an earlier program read otherwise is put right by the same file, whichever column it is in', async () => {
    const rows = () =>
      queryRows<Record<string, unknown>>(
        t.ctx.db,
        sql`select * from provision where eid = 'chp_3__para_20' order by id`,
      )
    const right = await rows()
    expect(right).toMatchObject([{ references: [{ targetEids: expect.any(Array) }] }])
    await t.ctx.db.execute(
      sql`update provision set "references" = jsonb_set("references", '{0,targetEids}', '["chp_1__para_1"]'), line = line + 1, parent_eid = null where eid = 'chp_3__para_20'`,
    )
    expect(await rows()).not.toEqual(right)
    await ingest('contact-centre-rules.ru.txt', original)
    expect(await rows()).toEqual(right)
  })

  test('a changed point makes a new edition, one new wording and one new version; only its passage is embedded anew', async () => {
    const before = await count()
    const changed = original.replace(
      'ответ предоставляется в течение двух рабочих дней',
      'ответ предоставляется в течение трёх рабочих дней',
    )
    expect(changed).not.toBe(original)
    const result = await ingest('changed.txt', changed)
    expect(result).toMatchObject({
      status: 'ingested',
      result: {
        provisions: { added: 0, rewritten: 1, removed: 0 },
        versions: [{ slug: 'contact-centre-rules-channels', number: 2 }],
      },
    })
    const after = await count()
    expect(after?.['editions']).toBe((before?.['editions'] ?? 0) + 1)
    expect(after?.['provisions']).toBe((before?.['provisions'] ?? 0) + 1)
    expect(after?.['versions']).toBe((before?.['versions'] ?? 0) + 1)
    // The old text of п. 8 leaves the vectors, the new one joins them.
    expect(after?.['embeddings']).toBe(before?.['embeddings'])
    const found = await search(t.ctx, { q: 'срок ответа на электронную почту', limit: 5 })
    expect(found.hits[0]?.text).toContain('трёх рабочих дней')
    expect(found.hits.some((hit) => hit.text.includes('двух рабочих дней'))).toBe(false)
  })

  test.each([
    ['cut off in the middle of a sentence', (text: string) => text.slice(0, Math.floor(text.length * 0.5))],
    ['cut off after point 19', (text: string) => text.slice(0, text.indexOf('      20. Центральный'))],
    [
      'without point 15',
      (text: string) =>
        text.slice(0, text.indexOf('      15. Единый')) + text.slice(text.indexOf('      16. Контроль')),
    ],
    ['with a replacement character', (text: string) => text.replace('принципами', 'прин\uFFFDципами')],
    ['with a NUL', (text: string) => text.replace('принципами', 'прин\u0000ципами')],
    ['empty', () => ''],
    ['something else altogether', () => 'Список покупок:\n1. Хлеб.\n2. Молоко.\n'],
  ])('a source %s is refused whole, with the place', async (name, spoil) => {
    const before = await count()
    const result = await ingest(`${name.replaceAll(' ', '-')}.txt`, spoil(original))
    expect(result.status).toBe('refused')
    const errors = result.messages.filter((message) => message.severity === 'error')
    expect(errors.length).toBeGreaterThan(0)
    for (const { place, text } of errors) {
      expect(place.start.line).toBeGreaterThan(0)
      expect(text).not.toBe('')
    }
    expect(await count()).toEqual(before)
  })

  test('bytes that are not UTF-8 are refused with the line and column of the first one', async () => {
    const bytes = Buffer.from(original)
    bytes[bytes.indexOf('Глава 2')] = 0xff
    const result = await ingest('bytes.txt', bytes)
    const line = original.slice(0, original.indexOf('Глава 2')).split('\n').length
    expect(result).toMatchObject({
      status: 'refused',
      messages: [{ rule: 'not-utf-8', place: { start: { line, column: 1 } } }],
    })
  })

  test('a format that is not read is refused by name, not half read', async () => {
    expect(await ingest('rules.odt', 'PK')).toMatchObject({ status: 'refused', messages: [{ rule: 'format-unknown' }] })
    expect(await ingestFile(t.ctx, { path: join(directory, 'absent.txt'), contentDir: CONTENT })).toMatchObject({
      status: 'refused',
      messages: [{ rule: 'unreadable' }],
    })
  })

  test.each([
    ['rules.pdf', '%PDF-1.7', 'pdf-broken'],
    ['rules.docx', 'Приказ', 'zip-broken'],
    ['rules.html', '<h1>Об утверждении Правил</h1><p>1. Один.</p>', 'requisites-missing'],
  ])('of a faulty %s nothing is stored', async (name, text, rule) => {
    const before = await count()
    const result = await ingest(name, text)
    expect(result.status).toBe('refused')
    expect(result.messages.map((message) => message.rule)).toContain(rule)
    expect(await count()).toEqual(before)
  })

  test('a page and a Word document of one act, described beside them, give the same provisions', async () => {
    const words = [
      'Об утверждении порядка тишины',
      'В соответствии с Законом Республики Казахстан «О тишине» ПРИКАЗЫВАЮ:',
      '1. Соблюдать тишину ночью.',
      '2. Настоящий приказ вводится в действие со дня его первого официального опубликования.',
    ]
    const meta = "act_code: '77'\nrequisite: Приказ Министра тишины от 5 мая 2020 года № 7\n"
    await writeFile(join(directory, 'quiet.meta.yaml'), meta)
    const page = await ingest(
      'quiet.html',
      `<nav>Меню</nav><main>${words.map((text) => `<p>${text}</p>`).join('')}</main>`,
    )
    expect(page).toMatchObject({ status: 'ingested', result: { provisions: { added: 3 } } })
    const body = words.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')
    const document = zipOf([
      { name: 'word/document.xml', data: `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` },
    ])
    expect(await ingest('quiet.docx', document)).toMatchObject({
      result: { provisions: { added: 0, rewritten: 0, removed: 0 } },
    })
    // What is kept is parsed anew with every import, so the HTML of a document must read as the document did.
    expect(await ingest('quiet.docx', document)).toMatchObject({ status: 'unchanged' })
  })
})
