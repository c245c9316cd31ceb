import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { composeAnswer } from '#server/answers/answer-question.ts'
import type { AnswerRecord, Replay } from '#server/answers/answer-record.ts'
import type { Answer } from '#server/answers/schema.ts'
import { draftVersion } from '#server/articles/draft-version.ts'
import { publishVersion } from '#server/articles/publish-version.ts'
import type { Lang } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { derivedId } from '#server/ids.ts'
import type { SearchResult } from '#server/search/schema.ts'
import { rankPassages } from '#server/search/search.ts'
import { ARCHIVE_QUESTION, ARCHIVE_TERM, ingestArchiveAct } from './archive-act.ts'
import { testApp, type TestApp } from './harness.ts'

describe('search across languages', () => {
  let own: TestApp
  const ask = async (q: string, more = ''): Promise<SearchResult> =>
    (await own.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)).json() as Promise<SearchResult>
  const answerTo = async (question: string, more: { lang?: Lang } = {}): Promise<Answer> =>
    (await own.post('/api/v1/answers', { question, ...more })).json() as Promise<Answer>

  const passagesOnRecord = async ({ answerId }: Answer): Promise<string[]> => {
    const { passages } = (await (
      await own.get(`/api/v1/answers/${answerId}/record`, 'supervisor')
    ).json()) as AnswerRecord
    return passages.map(({ passageId }) => passageId)
  }

  /** A text of an article that cites no act, published. */
  const publish = async (lang: Lang, title: string, body: string): Promise<void> => {
    const { ctx, deps } = own
    await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx }
      const { versionId } = await draftVersion(inside, {
        slug: 'serverler',
        lang,
        title,
        body,
        actId: null,
        ord: 900,
        sources: [],
        validFrom: '2020-01-01',
        validFromKnown: true,
      })
      await publishVersion(inside, { versionId })
    })
    await deps.reconciler.settle()
  }
  beforeAll(async () => {
    own = await testApp()
  })
  afterAll(() => own.close())

  it.each([
    ['сөйлесу жазбасын қанша сағатта береді', 'п. 14'],
    ['хатқа қанша күнде жауап береді', 'п. 8'],
    ['хаттамаға кім қол қояды', 'п. 22'],
  ])('finds for «%s» the point of the Rules, which are in Russian alone, and says so', async (q, label) => {
    for (const more of ['', '&lang=kk']) {
      const { hits, crossLanguage } = await ask(q, more)
      expect(crossLanguage).toEqual({ from: 'kk', to: 'ru' })
      expect(hits.slice(0, 3).map(({ citation }) => citation?.label)).toContain(label)
      expect(hits.every(({ lang }) => lang === 'ru')).toBe(true)
      expect(hits[0]?.highlights.length).toBeGreaterThan(0)
    }
  })

  it.each([
    ['хатка канша кунде жауап береди', 'хатқа қанша күнде жауап береді'],
    ['сойлесу жазбасын канша сагатта береди', 'сөйлесу жазбасын қанша сағатта береді'],
    ['хаттамага ким кол кояды', 'хаттамаға кім қол қояды'],
  ])(
    'finds for «%s», typed on a Russian keyboard, what it finds for «%s», and says what it was read as',
    async (typed, meant) => {
      const found = await ask(typed)
      expect(found).toMatchObject({ correctedTo: meant, correctionKind: 'letters' })
      const expected = (await ask(meant)).hits.map(({ passageId }) => passageId)
      expect(expected.length).toBeGreaterThan(0)
      expect(found.hits.map(({ passageId }) => passageId)).toEqual(expected)
      expect(await ask(typed, '&verbatim=true')).toMatchObject({ correctedTo: null, correctionKind: null })
    },
  )

  it('changes no letter of a Russian query', async () => {
    for (const q of ['справки', 'стадию оказания услуги', 'кто подписывает протокол приёмки', 'изменили приказ'])
      expect((await ask(q)).correctionKind, q).not.toBe('letters')
  })

  it('names with a refusal the points that may answer in the other language, and tells them as no answer', async () => {
    const answer = await answerTo('хатқа қанша күнде жауап береді')
    expect(answer).toMatchObject({ status: 'no_answer', lang: 'kk', sentences: [], inOtherLanguage: { lang: 'ru' } })
    expect(answer.message).toContain('тек орыс тілінде')
    const found = answer.inOtherLanguage?.citations ?? []
    expect(found.length).toBeLessThanOrEqual(3)
    expect(found.map(({ label }) => label)).toContain('п. 8')
    for (const { passageId, quote, quoteStart } of found) {
      const [row] = await queryRows<{ text: string }>(own.ctx.db, sql`select text from passage where id = ${passageId}`)
      expect(row?.text.slice(quoteStart, quoteStart + quote.length)).toBe(quote)
    }
    // What an operator was pointed at is on record, though no answerer was shown it.
    expect(await passagesOnRecord(answer)).toEqual(expect.arrayContaining(found.map(({ passageId }) => passageId)))
    const known = await answerTo('в какой срок отвечают на письмо')
    expect(known).toMatchObject({ inOtherLanguage: null })
    // Of nothing that the Rules are about: no text in any language may answer.
    expect(await answerTo('Паспортты қалай алуға болады?')).toMatchObject({
      inOtherLanguage: null,
      message: 'Білім базасында бұл сұрақтың жауабы жоқ.',
    })
  })

  it('reads the other language where nothing answers, and there alone', async () => {
    let searches = 0
    const counting: AnswerContext = {
      ...own.ctx,
      lexicalIndex: {
        ...own.ctx.lexicalIndex,
        search: (query) => {
          searches += 1
          return own.ctx.lexicalIndex.search(query)
        },
      },
    }
    const searchesFor = async (question: string): Promise<{ status: string; searches: number }> => {
      searches = 0
      const { answer } = await composeAnswer(counting, { question })
      return { status: answer.status, searches }
    }
    // Of its last word nothing here has anything.
    const asked = 'в какой срок отвечают на электронное письмо обыкновенно'
    await rankPassages(counting, { q: asked, limit: 20, prefix: false })
    expect(searches).toBe(2)
    expect(await searchesFor(asked)).toEqual({ status: 'answered', searches: 1 })
    expect(await searchesFor('хатқа қанша күнде жауап береді')).toEqual({ status: 'no_answer', searches: 2 })
  })

  it('tells when the engine failed between the two searches of a refusal', async () => {
    const failing: AnswerContext = {
      ...own.ctx,
      lexicalIndex: {
        ...own.ctx.lexicalIndex,
        search: async (query) => ({
          ...(await own.ctx.lexicalIndex.search(query)),
          ...(query.translator === undefined ? {} : { hits: [], servedBy: 'the database' }),
        }),
      },
    }
    const { answer } = await composeAnswer(failing, { question: 'хатқа қанша күнде жауап береді' })
    expect(answer).toMatchObject({ status: 'no_answer', degraded: [{ part: 'words', servedBy: 'the database' }] })
    const { answer: known } = await composeAnswer(failing, { question: 'в какой срок отвечают на письмо' })
    expect(known).toMatchObject({ status: 'answered', degraded: [] })
    // Search for people reads both at once, and tells it as well.
    const { degraded } = await rankPassages(failing, { q: 'хатқа қанша күнде жауап береді', limit: 10 })
    expect(degraded).toEqual([{ part: 'words', servedBy: 'the database' }])
  })

  it('looks for what is near in its own language as well', async () => {
    // As an embedder of both languages does it: the question is where its Russian passages are. By words only a translation finds something.
    const byMeaning: AnswerContext = {
      ...own.ctx,
      embedder: {
        ...own.ctx.embedder,
        embedQuery: () => own.ctx.embedder.embedQuery('ответ на письмо по электронной почте'),
      },
      lexicalIndex: {
        ...own.ctx.lexicalIndex,
        search: async (query) => {
          const found = await own.ctx.lexicalIndex.search(query)
          return { ...found, hits: query.translator === undefined ? [] : found.hits.slice(0, 1) }
        },
      },
    }
    const rank = (q: string, ownLanguage?: Lang) =>
      rankPassages(byMeaning, { q, ownLanguage, limit: 40, prefix: false })
    const near = (await rank('в какой срок отвечают на письмо', 'ru')).passages
    expect(near.length).toBeGreaterThan(0)
    expect(near.map(({ lang }) => lang)).not.toContain('kk')

    const kazakh = 'хаттамаға кім қол қояды'
    const later = await rank(kazakh, 'kk')
    expect(later.passages).toEqual([])
    const both = await later.withOtherLanguage()
    expect(both.crossLanguage).toMatchObject({ from: 'kk', to: 'ru' })
    expect(both.passages).toEqual((await rank(kazakh)).passages)
    expect(both.passages.length).toBeGreaterThan(1)
  })

  it('has on record what a refusal points at, apart from what an answerer was shown', async () => {
    await ingestArchiveAct(own, { only: 'rus' })
    const { answerId, inOtherLanguage } = await answerTo(ARCHIVE_QUESTION.kk)
    expect(inOtherLanguage?.citations[0]?.quote).toContain(ARCHIVE_TERM.ru)
    const read = async (what: 'record' | 'replay') =>
      (await own.get(`/api/v1/answers/${answerId}/${what}`, 'supervisor')).json() as Promise<AnswerRecord & Replay>
    const { passages } = await read('record')
    const all = inOtherLanguage?.citations.map(({ passageId }) => passageId) ?? []
    expect(passages.filter((one) => one.isPointedAt).map(({ passageId }) => passageId)).toHaveLength(all.length)
    for (const one of passages) expect(one.isPointedAt === true, one.label).toBe(all.includes(one.passageId))
    // Some of it the words of the question find by themselves; the rest comes last.
    const unseen = passages.filter(({ isUnseen }) => isUnseen === true)
    const pointedAt = passages.at(-1)
    expect(unseen.length).toBeGreaterThan(0)
    expect(passages.slice(-unseen.length)).toEqual(unseen)
    for (const one of unseen) expect(one.isPointedAt).toBe(true)
    expect(passages.map(({ number }) => number)).toEqual(passages.map((_, at) => at + 1))
    // As if a model had named the number of what it was not shown: then as now a source of nothing.
    const proposal = {
      answerer: 'test',
      ownWords: false,
      text: pointedAt?.text,
      support: [{ number: pointedAt?.number, quote: pointedAt?.text }],
      confidence: 1,
      atMs: 1,
      ok: false,
      reason: 'unknown-source',
      detail: null,
      quotes: [],
      force: [],
    }
    await own.ctx.db.execute(
      sql`update answer set record = jsonb_set(record, '{proposals}', ${JSON.stringify([proposal])}::jsonb) where id = ${answerId}`,
    )
    expect(await read('replay')).toMatchObject({ same: true, differences: [] })
  })

  it('leaves a question alone that its own language answers; one asked as typed is translated as well', async () => {
    expect((await ask('срок ответа на письмо')).crossLanguage).toBeNull()
    expect((await ask('п. 14')).crossLanguage).toBeNull()
    expect((await ask('сөйлесу жазбасы', '&verbatim=true')).crossLanguage).toEqual({ from: 'kk', to: 'ru' })
  })

  it('shows what the own language lacks, and no longer when it has it', async () => {
    const question = 'серверді жалға алу ақысы'
    await publish('ru', 'Аренда сервера', 'Аренда сервера: плата вносится раз в квартал.')
    const before = await ask(question)
    expect(before.crossLanguage).toEqual({ from: 'kk', to: 'ru' })
    expect(before.hits[0]).toMatchObject({ lang: 'ru', title: 'Аренда сервера' })
    // To be answered in the other language it is looked for there at once: an answerer sees it.
    const inRussian = await answerTo(question, { lang: 'ru' })
    expect(await passagesOnRecord(inRussian)).toContain(before.hits[0]?.passageId)

    await publish('kk', 'Серверді жалға алу', 'Серверді жалға алу: ақысы тоқсанына бір рет төленеді.')
    const after = await ask(question)
    expect(after.hits[0]).toMatchObject({ lang: 'kk', title: 'Серверді жалға алу' })
    const own = after.hits.map(({ title }) => title)
    expect(own.includes('Аренда сервера') && after.crossLanguage !== null).toBe(false)
  })

  it('reads an abbreviation as its full name: what the own language says in full is no lack of it', async () => {
    const before = await ask('НҚА', '&lang=kk')
    expect(before.crossLanguage).toEqual({ from: 'kk', to: 'ru' })
    await publish('kk', 'Құжаттар', 'Нормативтік құқықтық акт қабылданған күні орталыққа жіберіледі.')
    for (const q of ['НҚА', 'нқа-ны', 'НҚА-лар жіберіледі'])
      for (const more of ['', '&lang=kk']) {
        const { hits, crossLanguage } = await ask(q, more)
        expect(crossLanguage, q).toBeNull()
        expect(hits[0], q).toMatchObject({ lang: 'kk', title: 'Құжаттар' })
      }
    const asked = await own.get(`/api/v1/search?q=${encodeURIComponent('НҚА')}&lang=kk&explain=true`, 'editor')
    const { hits } = (await asked.json()) as SearchResult
    expect(hits[0]?.text.slice(...(hits[0].highlights[0] ?? []))).toBe('Нормативтік құқықтық акт')
    const kinds = hits[0]?.explain?.words?.words.map(({ evidence }) => evidence[0]?.kind)
    expect(kinds).toEqual(['expansion', 'expansion', 'expansion'])
  })

  it('says to editors that a word was met by its translation', async () => {
    const response = await own.get(`/api/v1/search?q=${encodeURIComponent('сөйлесу жазбасы')}&explain=true`, 'editor')
    const { hits } = (await response.json()) as SearchResult
    const kinds = hits[0]?.explain?.words?.words.flatMap(({ evidence }) => evidence.map(({ kind }) => kind))
    expect(kinds).toContain('translation')
  })
})

describe('a question that comes nearest to an act in the other language alone', () => {
  const WAIT = 'оператор жауап бергенше қанша секунд күтемін'
  const rules = derivedId('act', '13324')
  let own: TestApp
  let archive = ''
  const answerTo = async (question: string, more: object = {}): Promise<Answer> =>
    (await own.post('/api/v1/answers', { question, lang: 'kk', ...more })).json() as Promise<Answer>
  const recordOf = async ({ answerId }: Answer): Promise<AnswerRecord> =>
    (await (await own.get(`/api/v1/answers/${answerId}/record`, 'supervisor')).json()) as AnswerRecord

  beforeAll(async () => {
    own = await testApp()
    await ingestArchiveAct(own)
    const [cited] = (await answerTo(ARCHIVE_QUESTION.kk)).sentences.flatMap(({ citations }) => citations)
    archive = cited?.actId ?? ''
    const added = await own.post(
      '/api/v1/sample-questions',
      {
        actId: archive,
        lang: 'kk',
        eid: cited?.eid,
        provisionId: cited?.provisionId,
        text: 'мұрағаттан анықтама алу үшін неше күн күтемін',
      },
      'editor',
    )
    expect(added.status).toBe(201)
    await own.ctx.sampleQuestions.prepare(own.ctx.db)
  })
  afterAll(() => own.close())

  it('is refused, and pointed at the provision that sample questions of that language name', async () => {
    const answer = await answerTo(WAIT)
    expect(answer).toMatchObject({ status: 'no_answer', sentences: [], inOtherLanguage: { lang: 'ru' } })
    const [first] = answer.inOtherLanguage?.citations ?? []
    expect(first).toMatchObject({
      eid: 'chp_2__para_7__part_2',
      quote: expect.stringMatching(/^При обращении по телефону .*тридцать секунд/u),
    })
    const record = await recordOf(answer)
    expect(record.nearestElsewhere).toMatchObject({ actId: rules, eid: 'chp_2__para_7__part_2' })
    expect(record.proposals).toEqual([])
    expect(record.passages.filter(({ isPointedAt }) => isPointedAt).map(({ passageId }) => passageId)).toContain(
      first?.passageId,
    )
  })

  it.each([
    ['is none where its own language has what is asked', ARCHIVE_QUESTION.kk, false],
    ['is none within an act of its own language', WAIT, true],
  ])('%s', async (_, question, isWithin) => {
    const answer = await answerTo(question, isWithin ? { within: { actId: archive } } : {})
    expect((await recordOf(answer)).nearestElsewhere).toBeNull()
    expect(answer.inOtherLanguage?.citations.map(({ actId }) => actId) ?? []).not.toContain(rules)
    if (!isWithin) expect(answer.sentences.flatMap(({ citations }) => citations)[0]?.actId).toBe(archive)
  })

  it('names the gap where an editor has said that nothing answers it, whatever translated words point at', async () => {
    const said = { actId: archive, lang: 'kk', gap: 'күту уақыты', text: WAIT }
    expect((await own.post('/api/v1/known-gaps', said, 'editor')).status).toBe(201)
    await own.ctx.sampleQuestions.prepare(own.ctx.db)
    const answer = await answerTo(WAIT)
    expect(answer).toMatchObject({ status: 'no_answer', knownGap: 'күту уақыты' })
    expect(answer.message).toContain('«күту уақыты»')
    expect(await recordOf(answer)).toMatchObject({ nearestElsewhere: null, saidUnanswered: { text: WAIT } })
  })
})
