import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasLawData, lawPath } from '#ingest/acts/fixtures/law-data.ts'
import type { Role } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { ingestFile } from '#server/content/ingest-file.ts'
import { ingestContent } from '#server/content/ingest-content.ts'
import type { DraftView } from '#server/editorial/schema.ts'
import { createKey } from '#server/identity/create-key.ts'
import { amendedRules, furtherAmended } from '#test/amended-rules.ts'
import { CONTENT, testApp, type TestApp } from '#test/harness.ts'

let t: TestApp
/** Noon in Almaty, moved by the tests. */
let clock = new Date('2026-11-25T07:00:00Z')
const day = (iso: string) => {
  clock = new Date(`${iso}T07:00:00Z`)
}

const PEOPLE = {
  aigul: 'editor',
  berik: 'editor',
  supervisor: 'supervisor',
  operator: 'operator',
  agency: 'agency',
  other: 'agency',
} as const satisfies Record<string, Role>
type Person = keyof typeof PEOPLE
const headers = new Map<Person, Record<string, string>>()
let text = ''

beforeAll(async () => {
  t = await testApp({ now: () => clock })
  text = await amendedRules()
  for (const [name, role] of Object.entries(PEOPLE) as [Person, Role][]) {
    const agencyId = role !== 'agency' ? null : name === 'other' ? 'agc_interior' : 'agc_justice'
    const made = await createKey(t.ctx, { name, role, agencyId })
    headers.set(name, { authorization: `Bearer ${made.key}` })
  }
}, 120_000)
afterAll(() => t.close())

async function call<T = Record<string, never>>(who: Person, method: string, path: string, body?: unknown) {
  const isForm = body instanceof FormData
  const response = await t.app.request(`/api/v1${path}`, {
    method,
    headers: {
      'accept-language': 'ru',
      ...headers.get(who),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  })
  const said = await response.text()
  return {
    status: response.status,
    text: said,
    body: (response.headers.get('content-type')?.includes('json') === true ? JSON.parse(said) : {}) as T & {
      faults?: { path: string; message: string }[]
    },
  }
}
/** The body of a success. */
const ok = async <T>(who: Person, method: string, path: string, body?: unknown): Promise<T> => {
  const got = await call<T>(who, method, path, body)
  expect(got.status, got.text).toBeLessThan(300)
  return got.body
}

interface Change {
  since: string
  known: boolean
  by: string | null
  labels: string[]
  url: string
}
interface Import {
  outcome: string
  messages: { severity: string; rule: string; line: number }[]
  imported: {
    actId: string
    held: { date: string }[]
    changes: { label: string; kind: string; on: string; onKnown: boolean; by: { amendedBy: string } | null }[]
    publicationDays: { date: string; number: string; publishedOn: string | null; inForceFrom: string }[]
    articles: { title: string; byPeople: boolean; labels: string[] }[]
    answers: number
    requests: { service: string; person: string | null; dueOn: string }[]
    endings: { title: string; articleId: string; versionId: string; on: string; onKnown: boolean; labels: string[] }[]
    proposed: string[]
  } | null
}
interface Task {
  kind: string
  title: string
  articleId: string | null
  versionId: string | null
  draftId: string | null
  dueOn: string | null
  detail: Record<string, string | number>
  point: string | null
}

const form = (fields: Record<string, string> = {}, name = 'contact-centre-rules.ru.txt', content = text): FormData => {
  const data = new FormData()
  data.set('file', new File([content], name))
  for (const [key, value] of Object.entries(fields)) data.set(key, value)
  return data
}
const articleBySlug = async (slug: string): Promise<string> => {
  const { items } = await ok<{ items: { articleId: string; slug: string }[] }>('operator', 'GET', '/articles?limit=200')
  return items.find((one) => one.slug === slug)?.articleId ?? expect.fail(`no ${slug}`)
}
const passagesOf = async (articleId: string, asOf = '') =>
  (
    await ok<{ passages: { label: string; text: string; sourceChanged: Change | null; changesOn: Change | null }[] }>(
      'operator',
      'GET',
      `/articles/${articleId}${asOf === '' ? '' : `?asOf=${asOf}`}`,
    )
  ).passages
const tasks = async (): Promise<Task[]> => {
  await ok('aigul', 'POST', '/editorial/checks')
  return (await ok<{ items: Task[] }>('aigul', 'GET', '/editorial/tasks?kind=impact&limit=200')).items
}
const hits = async (asOf?: string) =>
  (
    await ok<{
      hits: {
        text: string
        citation: { label: string } | null
        sourceChanged: Change | null
        changesOn: Change | null
      }[]
    }>(
      'operator',
      'GET',
      `/search?q=${encodeURIComponent('срок ответа на электронное письмо')}${asOf === undefined ? '' : `&asOf=${asOf}`}`,
    )
  ).hits
const ask = () =>
  ok<{
    answerId: string
    status: string
    message: string | null
    sentences: { text: string; citations: { label: string; sourceChanged: Change | null }[] }[]
  }>('operator', 'POST', '/answers', { question: 'Сколько рабочих дней даётся на ответ на электронное письмо?' })

/** A published text of people's over that of an act. */
async function rewrite(slug: string, edit: (body: string) => string): Promise<string> {
  const articleId = await articleBySlug(slug)
  const draft = await ok<DraftView>('aigul', 'POST', '/editorial/drafts', { articleId, lang: 'ru' })
  const saved = await ok<{ revision: number }>('aigul', 'PUT', `/editorial/drafts/${draft.draftId}`, {
    revision: draft.revision,
    content: { ...draft.content, body: edit(draft.content.body) },
  })
  await release('aigul', 'berik', draft.draftId, saved.revision)
  return articleId
}
async function release(author: Person, reviewer: Person, draftId: string, revision: number): Promise<void> {
  const frozen = await ok<DraftView>(author, 'POST', `/editorial/drafts/${draftId}/submit`, { revision })
  await ok(reviewer, 'POST', `/editorial/drafts/${draftId}/approve`, { versionId: frozen.versionId })
  await ok(author, 'POST', `/editorial/drafts/${draftId}/publish`, { versionId: frozen.versionId })
}

describe('an amendment arrives', () => {
  let channels = ''
  let competence = ''
  let serviceId = ''
  let answerId = ''
  let actId = ''

  test('before it: people’s texts, a service that rests on the act, an answer given', async () => {
    channels = await rewrite('contact-centre-rules-channels', (body) => `Коротко: звоните на 1414.\n\n${body}`)
    competence = await rewrite('contact-centre-rules-other-competence', (body) => `Вопрос не к нам.\n\n${body}`)
    const sent = await ok<{ submission: { rows: { serviceId: string }[] } }>(
      'agency',
      'POST',
      '/service-submissions?name=a.json',
      [
        {
          registryNumber: '00101001',
          name: 'Выдача справки',
          byLaw: 'приказ от 26 января 2016 года № 83',
          changes: 'приказ от 04.10.2022 № 368/НҚ; приказ от 28.07.2023 № 292/НҚ',
          webResource: 'https://egov.kz',
          responsible: 'Ахметов Серик Болатович, главный специалист',
          contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
        },
      ],
    )
    serviceId = sent.submission.rows[0]?.serviceId ?? expect.fail('no service')
    const answer = await ask()
    expect(answer).toMatchObject({ status: 'answered', message: null })
    expect(answer.sentences[0]?.text).toContain('двух рабочих дней')
    answerId = answer.answerId
    expect((await hits())[0]).toMatchObject({ sourceChanged: null, changesOn: null })
  })

  test('a dry run tells all of it and stores nothing; an operator may not import', async () => {
    expect((await call('operator', 'POST', '/act-imports', form())).status).toBe(403)
    expect((await call('agency', 'POST', '/act-imports', form())).status).toBe(403)
    const counts = () =>
      queryRows(
        t.ctx.db,
        sql`select (select count(*) from edition)::int as e, (select count(*) from provision)::int as p, (select count(*) from event)::int as v,
            (select count(*) from article_version)::int as a, (select count(*) from editorial_task)::int as k, (select count(*) from update_request)::int as u`,
      )
    const before = await counts()
    const { outcome, messages, imported } = await ok<Import>('aigul', 'POST', '/act-imports', form())
    expect(outcome).toBe('checked')
    expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
    if (imported === null) return expect.fail('nothing told')
    actId = imported.actId
    expect(imported.changes.map(({ label, kind, on, onKnown }) => [label, kind, on, onKnown])).toEqual([
      ['п. 8', 'changed', '2026-12-01', true],
      ['п. 11', 'excluded', '2026-12-01', true],
      ['п. 14', 'changed', '2026-11-13', false],
    ])
    expect(imported.changes[0]?.by?.amendedBy).toBe('приказ № 7 от 01.11.2026')
    // Days that no text gives are asked for: of the act itself and of those that amend it.
    expect(imported.publicationDays.map(({ number, publishedOn }) => [number, publishedOn])).toEqual([
      ['83', null],
      ['368/НҚ', null],
      ['292/НҚ', null],
      ['8', null],
    ])
    expect(imported.articles.map(({ byPeople, labels }) => [byPeople, labels])).toEqual(
      expect.arrayContaining([
        [true, ['п. 8']],
        [true, ['п. 11']],
        [false, ['п. 14']],
      ]),
    )
    expect(imported.answers).toBe(1)
    // п. 26 is counted from the date of the amendment: a Sunday and a Monday.
    expect(imported.requests).toMatchObject([
      {
        service: '00101001 Выдача справки',
        person: 'Ахметов Серик Болатович, главный специалист',
        dueOn: '2026-11-06',
      },
      { service: '00101001 Выдача справки', dueOn: '2026-11-09' },
    ])
    expect(imported.proposed).toContain('contact-centre-rules-quality')
    const [was, now] = [before[0], (await counts())[0]]
    // That names were shown is recorded; nothing else.
    expect({ ...now, v: 0 }).toEqual({ ...was, v: 0 })
  })

  test('faulty input is told with its places; a day before the act’s own date is refused', async () => {
    const cut = await ok<Import>('aigul', 'POST', '/act-imports', form({}, 'cut.txt', text.slice(0, 20_000)))
    expect(cut.outcome).toBe('refused')
    expect(cut.messages.some(({ severity, line }) => severity === 'error' && line > 1)).toBe(true)
    expect(
      (await call('aigul', 'POST', '/act-imports', form({ dryRun: 'false' }, 'cut.txt', text.slice(0, 20_000)))).status,
    ).toBe(422)
    const days = (publishedOn: string, number = '8') => ({
      publicationDays: JSON.stringify([{ date: '2026-11-02', number, publishedOn }]),
    })
    for (const [given, message] of [
      [days('2026-11-01'), /раньше своей даты/],
      [days('2026-11-26'), /ещё не наступило/],
      [days('2026-11-10', '9'), /никто не спрашивает/],
    ] as const) {
      const refused = await call('aigul', 'POST', '/act-imports', form(given))
      expect(refused.status).toBe(400)
      expect(refused.body.faults?.[0]?.message).toMatch(message)
    }
    expect((await call('aigul', 'POST', '/act-imports', new FormData())).body.faults?.[0]?.path).toBe('form.file')
  })

  test('imported: the law counts at once, and operators read what they read before', async () => {
    const quality = await articleBySlug('contact-centre-rules-quality')
    const before = (await passagesOf(quality)).map((one) => one.text)
    const done = await ok<Import>(
      'aigul',
      'POST',
      '/act-imports',
      form({
        dryRun: 'false',
        publicationDays: JSON.stringify([{ date: '2026-11-02', number: '8', publishedOn: '2026-11-10' }]),
      }),
    )
    expect(done.outcome).toBe('imported')
    await t.deps.reconciler.settle()
    // Ten whole days after the day of publication pass.
    expect(done.imported?.changes.find(({ label }) => label === 'п. 14')).toMatchObject({
      on: '2026-11-21',
      onKnown: true,
    })
    expect((await passagesOf(quality)).map((one) => one.text)).toEqual(before)
    // Nor does a restart or a search for a later day show the new text.
    await ingestContent(t.ctx, CONTENT)
    await t.deps.reconciler.settle()
    for (const asOf of [undefined, '2026-12-05']) {
      expect(
        (
          await call(
            'operator',
            'GET',
            `/search?q=${encodeURIComponent('шести часов')}${asOf === undefined ? '' : `&asOf=${asOf}`}`,
          )
        ).text,
      ).not.toContain('шести часов')
      expect((await hits(asOf)).some((hit) => hit.text.includes('пяти рабочих дней'))).toBe(false)
    }
    const again = await ok<Import>('aigul', 'POST', '/act-imports', form({ dryRun: 'false' }))
    expect(again.outcome).toBe('unchanged')
  })

  test('warnings come by reading: where the wording has ended, and mildly where it will', async () => {
    const quality = await articleBySlug('contact-centre-rules-quality')
    expect((await passagesOf(quality)).filter((one) => one.sourceChanged !== null)).toMatchObject([
      {
        label: 'п. 14',
        sourceChanged: {
          since: '2026-11-21',
          known: true,
          by: 'приказ № 8 от 02.11.2026',
          labels: ['п. 14'],
          url: `/acts/${actId}?lang=ru&from=2026-11-20&to=2026-11-21#compare`,
        },
      },
    ])
    const eighth = { since: '2026-12-01', by: 'приказ № 7 от 01.11.2026', labels: ['п. 8'] }
    const ofEighth = (list: Awaited<ReturnType<typeof hits>>) => list.find((hit) => hit.citation?.label === 'п. 8')
    expect(ofEighth(await hits())).toMatchObject({ sourceChanged: null, changesOn: eighth })
    // On the day itself and after it.
    expect(ofEighth(await hits('2026-11-30'))).toMatchObject({ sourceChanged: null })
    expect(ofEighth(await hits('2026-12-01'))).toMatchObject({ sourceChanged: eighth, changesOn: null })
    day('2026-12-01')
    const answer = await ask()
    expect(answer).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('с 01.12.2026 она изменена (приказ № 7 от 01.11.2026)'),
      sentences: [{ citations: [{ sourceChanged: eighth }] }],
    })
    day('2026-11-25')
    expect((await ask()).status).toBe('answered')
  })

  test('an editor’s task has the new text as a diff; looking twice makes nothing new', async () => {
    const list = await tasks()
    expect(await ok('aigul', 'POST', '/editorial/checks')).toEqual({ opened: 0, closed: 0 })
    const own = list.filter(({ detail }) => detail['mode'] === 'proposal')
    expect(own.map(({ articleId, dueOn, detail }) => [articleId, dueOn, detail['points'], detail['since']])).toEqual(
      expect.arrayContaining([
        [channels, '2026-12-01', 'п. 8', '2026-12-01'],
        [competence, '2026-12-01', 'п. 11', '2026-12-01'],
      ]),
    )
    const task = own.find(({ articleId }) => articleId === channels)
    const draft = await ok<DraftView>('berik', 'GET', `/editorial/drafts/${task?.draftId ?? ''}`)
    expect(draft).toMatchObject({ state: 'working', content: { validFrom: '2026-12-01' } })
    expect(draft.content.body).toMatch(/^Коротко: звоните на 1414\.\n\n/)
    const { markdown } = await ok<{ markdown: string }>('berik', 'GET', `/editorial/drafts/${draft.draftId}/diff`)
    expect(markdown.match(/<(?:ins|del)>[^<]*<\/(?:ins|del)>/g)).toEqual(['<del>двух</del>', '<ins>пяти</ins>'])
    const excluded = own.find(({ articleId }) => articleId === competence)
    const other = await ok<DraftView>('berik', 'GET', `/editorial/drafts/${excluded?.draftId ?? ''}`)
    expect(other.content.body).toContain('п. 11 – исключено с 01.12.2026 (приказ № 7 от 01.11.2026).')
    expect(other.content.body).not.toContain('chp_2__para_11')
    expect(other.content.body).toContain('chp_2__para_10')
    // A text of ingestion is shown as a version that waits.
    const version = list.find(({ detail }) => detail['mode'] === 'version')
    expect(version).toMatchObject({
      dueOn: '2026-12-02',
      detail: { points: 'п. 14', since: '2026-11-21', from: '2026-11-25', workingDays: 5 },
      point: 'п. 26',
    })
    // What is due on the day of entry into force is counted from nowhere.
    expect(task?.detail).not.toHaveProperty('from')
    // A day that is moved moves the term; given back to the rules, it moves back.
    const termOf = async () => (await tasks()).find((one) => one.versionId === version?.versionId)?.dueOn
    await ok('supervisor', 'PUT', '/calendar/days/2026-11-27', { kind: 'moved', reason: 'Перенос', decree: null })
    await ok('aigul', 'POST', '/editorial/checks')
    expect(await termOf()).toBe('2026-12-03')
    await ok('supervisor', 'DELETE', '/calendar/days/2026-11-27?reason=Отмена')
    await ok('aigul', 'POST', '/editorial/checks')
    expect(await termOf()).toBe('2026-12-02')
    expect((await call('aigul', 'POST', '/editorial/tasks/none/done')).status).toBe(404)
  })

  test('a second person publishes, each text is seen from its day, and warnings and tasks go by themselves', async () => {
    const list = await tasks()
    const quality = await articleBySlug('contact-centre-rules-quality')
    const version = list.find(({ articleId, detail }) => articleId === quality && detail['mode'] === 'version')
    const publish = (who: Person) =>
      call(who, 'POST', `/articles/${quality}/versions/${version?.versionId ?? ''}/publish`)
    expect((await publish('aigul')).status).toBe(403)
    expect((await publish('supervisor')).status).toBe(403)
    expect((await publish('berik')).status).toBe(200)
    expect((await passagesOf(quality)).filter((one) => one.sourceChanged !== null)).toEqual([])
    expect((await call('operator', 'GET', `/articles/${quality}`)).text).toContain('шести часов')
    for (const articleId of [channels, competence]) {
      const task = list.find((one) => one.articleId === articleId)
      const draft = await ok<DraftView>('berik', 'GET', `/editorial/drafts/${task?.draftId ?? ''}`)
      await release('berik', 'supervisor', draft.draftId, draft.revision)
    }
    await t.deps.reconciler.settle()
    expect((await tasks()).filter(({ articleId }) => articleId !== null)).toEqual([])
    expect((await call('operator', 'GET', `/articles/${channels}`)).text).toContain('двух рабочих дней')
    expect((await call('operator', 'GET', `/articles/${channels}?asOf=2026-11-30`)).text).not.toContain('пяти рабочих')
    day('2026-12-01')
    const passages = await passagesOf(channels)
    expect(passages.some((one) => one.text.includes('пяти рабочих дней'))).toBe(true)
    expect(passages.filter((one) => one.sourceChanged !== null)).toEqual([])
    const answer = await ask()
    expect(answer).toMatchObject({ status: 'answered', message: null })
    expect(answer.sentences[0]?.text).toContain('пяти рабочих дней')
  })

  test('answers given by the old wording are listed with what it says now', async () => {
    const page = (query = '') =>
      ok<{
        items: { answerId: string; question: string; citations: { label: string; since: string; after: string }[] }[]
        nextCursor: string | null
      }>('supervisor', 'GET', `/impact/answers${query}`)
    const { items } = await page()
    expect(items.map((one) => one.answerId)).toContain(answerId)
    // What was said with a warning is not among them.
    expect(items).toHaveLength(2)
    expect(items[0]?.citations).toMatchObject([
      { label: 'п. 8', since: '2026-12-01', after: expect.stringContaining('пяти рабочих дней') },
    ])
    expect((await page('?since=2026-12-02')).items).toEqual([])
    expect((await page(`?actId=${actId}&limit=1`)).nextCursor).not.toBeNull()
    expect((await call('operator', 'GET', '/impact/answers')).status).toBe(403)
    expect((await call('agency', 'GET', '/impact/answers')).status).toBe(403)
    day('2026-11-25')
  })

  test('the agency sees its requests alone, and answers by words or by Appendix 1', async () => {
    interface Requests {
      items: {
        requestId: string
        amendedBy: string
        points: { label: string }[]
        isOverdue: boolean
        state: string
        answer: string | null
        dueOn: string | null
        url: string
        history: { what: string; by: string | null; reason: string | null }[]
      }[]
    }
    const list = (who: Person, query = '') => ok<Requests>(who, 'GET', `/update-requests${query}`)
    const { items } = await list('agency')
    expect(items.map((one) => [one.amendedBy, one.points.map(({ label }) => label), one.isOverdue])).toEqual(
      expect.arrayContaining([
        ['приказ от 01.11.2026 № 7', ['п. 8', 'п. 11'], true],
        ['приказ от 02.11.2026 № 8', ['п. 14'], true],
      ]),
    )
    expect((await list('other')).items).toEqual([])
    expect((await list('aigul', '?state=open')).items).toHaveLength(2)
    expect((await call('operator', 'GET', '/update-requests')).status).toBe(403)
    const clocks = async () =>
      (
        await ok<{ items: { point: string; event: { cause: string }; state: string }[] }>(
          'agency',
          'GET',
          `/service-deadlines?serviceId=${serviceId}`,
        )
      ).items.filter(({ point }) => point === 'п. 26')
    expect(await clocks()).toHaveLength(2)
    const eighth = items.find((one) => one.amendedBy.endsWith('№ 8'))
    // Withdrawn by mistake, and brought back: its clock runs on to the same day, and its history says who and why.
    const path = `/update-requests/${eighth?.requestId ?? ''}`
    const said = { reason: 'Запрошено по ошибке' }
    expect((await call('operator', 'POST', `${path}/withdraw`, said)).status).toBe(403)
    expect((await call('aigul', 'POST', `${path}/withdraw`, { reason: ' ' })).status).toBe(400)
    await ok('aigul', 'POST', `${path}/withdraw`, said)
    expect(await clocks()).toHaveLength(1)
    expect((await call('aigul', 'POST', `${path}/withdraw`, said)).status).toBe(409)
    const withdrawn = (await list('agency', '?state=all')).items.find(({ state }) => state === 'withdrawn')
    expect(withdrawn).toMatchObject({ requestId: eighth?.requestId, answer: said.reason })
    expect(withdrawn?.history.map(({ what, by }) => [what, by])).toEqual([
      ['requested', null],
      ['withdrawn', null],
    ])
    expect((await call('agency', 'POST', `${path}/reopen`, said)).status).toBe(403)
    const back = await ok<Requests['items'][number]>('berik', 'POST', `${path}/reopen`, { reason: 'Отозван зря' })
    expect(back).toMatchObject({ state: 'open', answer: null, dueOn: eighth?.dueOn })
    expect(back.history).toMatchObject([
      { what: 'requested' },
      { what: 'withdrawn', by: 'aigul', reason: said.reason },
      { what: 'reopened', by: 'berik', reason: 'Отозван зря' },
    ])
    expect((await call('berik', 'POST', `${path}/reopen`, said)).status).toBe(409)
    expect(await clocks()).toHaveLength(2)
    const answer = (who: Person) =>
      call(who, 'POST', `/update-requests/${eighth?.requestId ?? ''}/answer`, {
        text: 'Изменений не требуется: услуга не о записях.',
      })
    expect((await answer('other')).status).toBe(404)
    expect((await answer('agency')).status).toBe(200)
    expect((await answer('agency')).status).toBe(409)
    expect(
      (await call('agency', 'POST', `/update-requests/${eighth?.requestId ?? ''}/withdraw`, { reason: 'нет' })).status,
    ).toBe(403)
    expect(await clocks()).toHaveLength(1)
    await ok('agency', 'POST', '/service-submissions?name=a.json', [
      {
        registryNumber: '00101001',
        name: 'Выдача справки',
        byLaw: 'приказ от 26 января 2016 года № 83',
        changes: 'приказ от 04.10.2022 № 368/НҚ; приказ от 28.07.2023 № 292/НҚ; приказ от 01.11.2026 № 7',
        webResource: 'https://egov.kz',
        responsible: 'Ахметов Серик Болатович, главный специалист',
        contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
      },
    ])
    expect(await clocks()).toEqual([])
    expect((await list('agency')).items).toEqual([])
    expect((await list('agency', '?state=all')).items.map((one) => one.state)).toEqual(['answered', 'answered'])
  })

  test('a day of publication given later moves what rests on it, wins over files, and warns nobody who quotes the same words', async () => {
    const days = await ok<{ items: { number: string; publishedOn: string | null }[] }>(
      'supervisor',
      'GET',
      `/acts/${actId}/publication-days`,
    )
    expect(days.items.find(({ number }) => number === '8')?.publishedOn).toBe('2026-11-10')
    const give = (publishedOn: string) =>
      call<{ items: { number: string; inForceFrom: string }[]; proposed: string[] }>(
        'aigul',
        'PUT',
        `/acts/${actId}/publication-days`,
        { days: [{ date: '2022-10-04', number: '368/НҚ', publishedOn }], reason: 'Казахстанская правда, № 200' },
      )
    expect((await give('2022-10-01')).status).toBe(400)
    const given = await give('2022-10-10')
    expect(given.status, given.text).toBe(200)
    expect(given.body.items.find(({ number }) => number === '368/НҚ')?.inForceFrom).toBe('2022-10-21')
    // Nothing that people did not write waits: the words are those that operators read.
    expect(given.body.proposed).toEqual(['contact-centre-rules-channels', 'contact-centre-rules-other-competence'])
    await t.deps.reconciler.settle()
    expect((await passagesOf(channels)).filter((one) => one.sourceChanged !== null)).toEqual([])
    expect((await tasks()).filter(({ articleId }) => articleId !== null)).toEqual([])
    // A restart reads the files and keeps the day.
    await ingestContent(t.ctx, CONTENT)
    const { items } = await ok<{ items: { eid: string; validFrom: string; validFromKnown: boolean }[] }>(
      'operator',
      'GET',
      `/acts/${actId}/provisions`,
    )
    expect(items.find(({ eid }) => eid === 'chp_2__para_9')).toMatchObject({
      validFrom: '2022-10-21',
      validFromKnown: true,
    })
  })
})

describe('a further amendment adds a point, and leaves nothing of an article', () => {
  let channels = ''
  const imported = (who: Person, content: string) =>
    ok<Import>(who, 'POST', '/act-imports', form({ dryRun: 'false' }, 'contact-centre-rules.ru.txt', content))
  const endOf = async (slug: string) =>
    queryRows<{ id: string; article_id: string; valid_to: string | null }>(
      t.ctx.db,
      sql`select v.id, v.article_id, v.valid_to::text from article_version v join article a on a.id = v.article_id
          where a.slug = ${slug} and v.lang = 'ru' and v.state = 'published' order by v.number desc limit 1`,
    )

  test('an article that the act no longer gives goes on until a second person ends it, on the day of its law', async () => {
    day('2026-12-06')
    channels = await articleBySlug('contact-centre-rules-channels')
    const [before] = await endOf('contact-centre-rules-changes')
    expect(before?.valid_to).toBeNull()
    // The dry run says so before anybody decides, and ends nothing.
    const looked = await ok<Import>(
      'aigul',
      'POST',
      '/act-imports',
      form({ dryRun: 'true' }, 'contact-centre-rules.ru.txt', furtherAmended(text)),
    )
    const ending = { articleId: before?.article_id, versionId: before?.id, on: '2026-12-05', onKnown: true }
    expect(looked.imported?.endings).toMatchObject([ending])
    expect((await tasks()).filter(({ detail }) => detail['mode'] === 'ending')).toEqual([])
    const done = await imported('aigul', furtherAmended(text))
    expect(done.outcome).toBe('imported')
    expect(done.imported?.endings).toMatchObject([ending])
    expect(done.messages.map(({ rule }) => rule)).toContain('plan-newcomer')
    expect((await endOf('contact-centre-rules-changes'))[0]?.valid_to).toBeNull()
    const task = (await tasks()).find(({ detail }) => detail['mode'] === 'ending')
    expect(task).toMatchObject({
      articleId: before?.article_id,
      versionId: before?.id,
      detail: { since: '2026-12-05', known: 1, points: expect.stringContaining('п. 26') },
    })
    const end = (who: Person) =>
      call(who, 'POST', `/articles/${before?.article_id ?? ''}/versions/${before?.id ?? ''}/end`)
    expect((await end('operator')).status).toBe(403)
    const own = await end('aigul')
    expect(own.status).toBe(403)
    expect(own.text).toContain('должен другой человек')
    expect((await end('berik')).status).toBe(200)
    expect((await endOf('contact-centre-rules-changes'))[0]?.valid_to).toBe('2026-12-05')
    expect((await end('berik')).status).toBe(409)
    expect((await call('operator', 'GET', `/articles/${before?.article_id ?? ''}`)).status).toBe(404)
    expect((await call('operator', 'GET', `/articles/${before?.article_id ?? ''}?asOf=2026-12-04`)).status).toBe(200)
    expect((await tasks()).filter(({ detail }) => detail['mode'] === 'ending')).toEqual([])
    // Importing again changes nothing.
    const again = await imported('aigul', furtherAmended(text))
    expect([again.outcome, again.imported?.endings]).toEqual(['unchanged', []])
  })

  test('of a people’s text, the new point is proposed behind the one that it stands behind; the rest stays', async () => {
    const task = (await tasks()).find(
      ({ articleId, detail }) => articleId === channels && detail['mode'] === 'proposal',
    )
    expect(task?.detail).toMatchObject({ added: 'п. 8-1', since: '2026-12-05' })
    const draft = await ok<DraftView>('aigul', 'GET', `/editorial/drafts/${task?.draftId ?? ''}`)
    const { body } = draft.content
    expect(body).toMatch(/^Коротко: звоните на 1414\./)
    expect(body.indexOf('chp_2__para_8-1')).toBeGreaterThan(body.indexOf('#chp_2__para_8 '))
    expect(body).toContain('поступившее через мессенджер')
    await release('aigul', 'berik', draft.draftId, draft.revision)
    expect((await tasks()).filter(({ articleId }) => articleId === channels)).toEqual([])
    expect((await passagesOf(channels)).map(({ label }) => label)).toContain('п. 8-1')
  })
})

describe.skipIf(!hasLawData)('act 181886 as the data has it', () => {
  test('its edition of 2026 over that of 2023: what changed is told, waits, and warns', async () => {
    await t.close()
    t = await testApp({ content: false, now: () => clock })
    headers.clear()
    for (const name of ['aigul', 'operator'] as const)
      headers.set(name, { authorization: `Bearer ${(await createKey(t.ctx, { name, role: PEOPLE[name] })).key}` })
    await ingestFile(t.ctx, { path: lawPath('181886.rus.2023-05-12.md'), contentDir: CONTENT })
    const name = '181886.rus.2026-07-12.md'
    const law = await readFile(lawPath(name), 'utf8')
    const published = () =>
      queryRows(t.ctx.db, sql`select id, valid_to::text from article_version where state = 'published' order by id`)
    const before = await published()
    // Without its sidecar: the requisites are those of the held edition.
    const looked = await ok<Import>('aigul', 'POST', '/act-imports', form({}, name, law))
    expect(looked.outcome).toBe('checked')
    expect(looked.imported?.held.map(({ date }) => date)).toEqual(['2023-05-12'])
    const done = await ok<Import>('aigul', 'POST', '/act-imports', form({ dryRun: 'false' }, name, law))
    expect(done.outcome).toBe('imported')
    const told = (one: Import) =>
      one.imported?.changes.map(({ label, kind, on, onKnown }) => [label, kind, on, onKnown]) ?? []
    // A dry run tells what the import then does.
    expect(told(done)).toEqual(told(looked))
    const { items } = await ok<{ items: { label: string; kind: string }[] }>(
      'operator',
      'GET',
      `/acts/${done.imported?.actId ?? ''}/diff?from=2023-12-31&to=2026-11-25`,
    )
    expect(told(done).map(([label, kind]) => [label, kind])).toEqual(items.map(({ label, kind }) => [label, kind]))
    expect(items.length).toBeGreaterThan(0)
    expect(done.imported?.changes.every(({ on }) => on !== null)).toBe(true)
    expect(await published()).toEqual(before)
    expect(done.imported?.proposed.length).toBeGreaterThan(0)
    const changed = new Set(done.imported?.changes.flatMap(({ kind, label }) => (kind === 'added' ? [] : [label])))
    const { items: articles } = await ok<{ items: { articleId: string }[] }>('operator', 'GET', '/articles?limit=200')
    const warned = new Set<string>()
    for (const { articleId } of articles)
      for (const { sourceChanged } of await passagesOf(articleId))
        for (const label of sourceChanged?.labels ?? []) warned.add(label)
    expect(warned.size).toBeGreaterThan(0)
    expect([...warned].filter((label) => !changed.has(label))).toEqual([])
  }, 240_000)
})
