import { randomBytes } from 'node:crypto'
import { Meilisearch } from 'meilisearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessIndex } from './in-process-index.ts'
import type { LexicalDocument, LexicalEngine } from './lexical-index.ts'
import type { ActName } from './look-up.ts'
import { createMeilisearchIndex } from './meilisearch-index.ts'
import { readLanguageData } from './read-language-data.ts'
import { createSwitchingIndex } from './switching-index.ts'
import { readGlossary } from './translation/read-glossary.ts'
import { createTranslator } from './translation/translator.ts'

const language = await readLanguageData('content')
const translator = createTranslator(language, await readGlossary('content'))
const ASK = { asOf: '2026-11-24', limit: 10, prefix: false }

const document = (label: string, text: string, more: Partial<LexicalDocument> = {}): LexicalDocument => ({
  passageId: label,
  articleId: 'art_1',
  lang: 'ru',
  title: 'Правила',
  label,
  context: '',
  text,
  validFrom: '2016-01-01',
  validTo: null,
  fingerprint: `f ${label}`,
  ...more,
})

const ORDER: ActName = {
  kind: 'приказ',
  number: '61',
  registration: '20774',
  code: '143369',
  signedOn: '2020-05-28',
  title: 'Об утверждении Правил оказания государственных услуг по вопросам адвокатской деятельности',
}
const LAW: ActName = {
  kind: 'закон',
  number: '88-V',
  registration: null,
  code: '72060',
  signedOn: '2013-04-15',
  title: 'О государственных услугах',
}
const CENTRE: ActName = {
  kind: 'приказ',
  number: '368/НҚ',
  registration: '13324',
  code: null,
  signedOn: '2022-10-04',
  title: 'Правила деятельности Единого контакт-центра',
}
const HEALTH: ActName = {
  kind: 'приказ',
  number: 'ҚР ДСМ-175/2020',
  registration: '21579',
  code: null,
  signedOn: '2020-10-30',
  title: 'Формы учетной документации',
}
const ATTESTATION = 'Правила оказания государственной услуги «Проведение аттестации адвокатов»'
const of = (
  act: ActName,
  title: string,
  id: string,
  label: string,
  text: string,
  more: Partial<LexicalDocument> = {},
) => document(label, text, { passageId: id, title, act, eid: null, ...more })
/** Several acts, two languages, labels of several steps. */
const ACTS = [
  of(CENTRE, 'Порядок', 'centre 6', 'п. 6', 'Единый контакт-центр работает круглосуточно.', { eid: 'chp_2__para_6' }),
  of(CENTRE, 'Порядок', 'centre 23', 'п. 23', 'Оператор отвечает на обращение.', { eid: 'chp_3__para_23' }),
  of(CENTRE, 'Порядок', 'centre 33', 'п. 33', 'Сведения по пункту 23 даёт оператор: см. пункт 23, п. 23.', {
    eid: 'chp_3__para_33',
  }),
  of(CENTRE, 'Приказ', 'centre order 6', 'приказ, п. 6', 'Приказ вводится в действие.'),
  of(
    ORDER,
    ATTESTATION,
    'attestation 6',
    'Правила (прил. 1), п. 6',
    'Комплексное тестирование проводится на компьютере, длительность сто минут, не более.',
  ),
  of(
    ORDER,
    ATTESTATION,
    'attestation 23',
    'Правила (прил. 1), п. 23',
    'Жалоба подаётся на имя руководителя, который рассматривает её в срок, установленный законом.',
    { changedBy: '1007' },
  ),
  of(ORDER, ATTESTATION, 'attestation list 6', 'Правила (прил. 1), прил. 1, п. 6 Перечня', 'Результат оказания.'),
  of(
    ORDER,
    'Адвокаттарды аттестаттау қағидалары',
    'attestation 6 kk',
    'Қағидалар (1-қосымша), 6-тармақ',
    'Кешенді тестілеу компьютерде өткізіледі.',
    { lang: 'kk' },
  ),
  of(
    LAW,
    'О государственных услугах. ОБЩИЕ ПОЛОЖЕНИЯ',
    'law 5',
    'ст. 5',
    'Права и обязанности услугодателей, которые они имеют.',
    { eid: 'chp_1__art_5' },
  ),
  of(LAW, 'О государственных услугах. ОБЩИЕ ПОЛОЖЕНИЯ', 'law 5.2', 'ст. 5 п. 2', 'Услугодатели обязаны.', {
    eid: 'chp_1__art_5__para_2',
  }),
  of(
    LAW,
    'О государственных услугах. ОБЩИЕ ПОЛОЖЕНИЯ',
    'law 5.2.9',
    'ст. 5 п. 2 пп. 9',
    '9) повышать квалификацию работников.',
    { eid: 'chp_1__art_5__para_2__subpara_9' },
  ),
  of(LAW, 'О государственных услугах. ОБЩИЕ ПОЛОЖЕНИЯ', 'law 6.9', 'ст. 6 пп. 9', '9) иные полномочия, статья 5.', {
    eid: 'chp_1__art_6__subpara_9',
  }),
  of(HEALTH, 'Формы', 'health 1', 'п. 1', 'Формы заполняются.', { eid: 'chp_1__para_1' }),
  of(HEALTH, 'Нысандар', 'health 1 kk', '1-тармақ', 'Нысандар толтырылады.', { lang: 'kk', eid: 'chp_1__para_1' }),
  of(HEALTH, 'Нысандар', 'health 3.4 kk', '3-тармақтың 4) тармақшасы', 'Нысандар сақталады.', {
    lang: 'kk',
    eid: 'chp_1__para_3__subpara_4',
  }),
  document('', 'О порядке говорит приказ № 368/НҚ; звоните +7 (7172) 74-01-01 или 8 800 080 7777.', {
    passageId: 'note',
  }),
  document('', 'Первый подпункт, седьмой раздел: 7, 74, 01, 01, 8.', { passageId: 'numbers' }),
]

const PASSAGES = [
  document(
    'п. 6',
    'Единый контакт-центр предоставляет свои услуги физическим и юридическим лицам круглосуточно, без перерывов, выходных и праздничных дней.',
    { attributes: { kind: 'act', agency: ['agc_one'], service: ['act_1/app_1__table'] } },
  ),
  document(
    'п. 7',
    'Обращения граждан и государственных органов поступают на бесплатные телефонные номера: 1414, 8 800 080 7777, на адрес электронной почты: support@goscorp.kz.',
    { attributes: { kind: 'act', agency: ['agc_one', 'agc "two"'] } },
  ),
  document(
    'п. 8',
    'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически, ответ предоставляется в течение двух рабочих дней.',
    { attributes: { kind: 'service "1"' } },
  ),
  document(
    'п. 14',
    'Единый контакт-центр предоставляет запись разговора оператора в срок, не превышающий четырех часов.',
  ),
  document(
    'п. 21',
    'Ответственное лицо проводит обучение в срок не позднее десяти рабочих дней после представления информации, указанной в пункте 8 настоящих Правил.',
  ),
  document('п. 3 пп. 4', '4) база знаний – электронная база данных', {
    context: 'В настоящих Правилах используются следующие понятия:',
  }),
  document('п. 80', 'Порядок внесения данных.'),
  document('приказ, п. 8', 'Настоящий приказ вводится в действие со дня его первого официального опубликования.'),
  document('8-тармақ', 'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі.', {
    lang: 'kk',
  }),
  document('старый п. 8', 'Ответ на письмо давали в течение месяца.', { validTo: '2022-10-04' }),
]

interface Way {
  name: string
  /** Why it is not run here; null when it is. */
  absent: string | null
  create: () => LexicalEngine
  clean: () => Promise<void>
}

const { MEILI_URL: url, MEILI_SEARCH_KEY: searchKey = '', MEILI_ADMIN_KEY: adminKey = '' } = process.env
/** A server that shares its processors takes a minute and more for some thousands of passages. */
const TIMEOUT_MS = 240_000
const uids: string[] = []
const WAYS: Way[] = [
  {
    name: 'in-process',
    absent: null,
    create: () => createSwitchingIndex(() => createInProcessIndex(language)),
    clean: async () => {},
  },
  {
    name: 'meilisearch',
    absent:
      url === undefined || url === ''
        ? 'SKIPPED: MEILI_URL is not set, so this half of the contract was not run'
        : null,
    create: () => {
      const indexUid = `bilim_test_${randomBytes(6).toString('hex')}`
      uids.push(indexUid)
      return createMeilisearchIndex({
        url: url ?? '',
        searchKey,
        adminKey,
        indexUid,
        language,
        searchTimeoutMs: 10_000,
      })
    },
    clean: async () => {
      const admin = new Meilisearch({ host: url ?? '', apiKey: adminKey })
      for (const uid of uids) await admin.deleteIndexIfExists(uid)
    },
  },
]

// A half that is not run is easily overlooked: say it where people read.
for (const { name, absent } of WAYS) if (absent !== null) process.stderr.write(`lexical engine ${name}: ${absent}\n`)

/** One contract, both engines: what one promises the other keeps. */
describe.each(WAYS.filter(({ absent }) => absent === null))('lexical engine $name', { timeout: TIMEOUT_MS }, (way) => {
  let engine: LexicalEngine
  const found = async (text: string, more: object = {}): Promise<string[]> =>
    (await engine.search({ ...ASK, text, ...more })).hits.map(({ passageId }) => passageId)

  beforeAll(async () => {
    engine = way.create()
    await engine.apply({ upsert: PASSAGES, remove: [] })
  }, TIMEOUT_MS)
  afterAll(way.clean)

  it.each([
    ['п. 8', 'п. 8'],
    ['что говорит пункт 8', 'п. 8'],
    ['п14', 'п. 14'],
    ['подпункт 4) пункта 3', 'п. 3 пп. 4'],
    ['п. 3', 'п. 3 пп. 4'],
    ['приказ, п. 8', 'приказ, п. 8'],
    ['8 800 080 77 77', 'п. 7'],
    ['support@goscorp.kz', 'п. 7'],
    ['имейл', 'п. 8'],
    ['ночью', 'п. 6'],
    ['запись разговора', 'п. 14'],
    ['за сколько отвечают на письма', 'п. 8'],
    ['2 рабочих дня', 'п. 8'],
    ['семинар 10 дней', 'п. 21'],
  ])('puts first for «%s»: %s', async (query, label) => {
    expect((await found(query, { lang: 'ru' }))[0]).toBe(label)
  })

  describe('look-up over several acts in two languages, no language given', { timeout: TIMEOUT_MS }, () => {
    let acts: LexicalEngine
    const first = async (text: string, many = 1): Promise<string[]> =>
      (await acts.search({ ...ASK, text })).hits.slice(0, many).map(({ passageId }) => passageId)
    beforeAll(async () => {
      acts = way.create()
      await acts.apply({ upsert: ACTS, remove: [] })
    }, TIMEOUT_MS)

    it.each([
      // All references of a label; who only mentions the point stands below.
      ['п. 23', ['centre 23', 'attestation 23']],
      ['п. 23 прил. 1', ['attestation 23']],
      // The act that is named decides among equals.
      ['п. 6 правил аттестации адвокатов', ['attestation 6']],
      ['п. 6 контакт-центра', ['centre 6']],
      ['приказ, п. 6', ['centre order 6']],
      ['6-тармақ адвокаттарды аттестаттау қағидалары', ['attestation 6 kk']],
      ['ст. 5 закона о государственных услугах', ['law 5']],
      ['ст. 5', ['law 5']],
      ['ст 5', ['law 5']],
      ['ст. 5 пп. 9', ['law 5.2.9']],
      ['пп. 9 п. 2 ст. 5', ['law 5.2.9']],
      ['9 подпункт 2 пункта', ['law 5.2.9']],
      ['пп. 9', ['law 6.9', 'law 5.2.9']],
      // The language of the reference.
      ['п. 1', ['health 1', 'health 1 kk']],
      ['1-тармақ', ['health 1 kk', 'health 1']],
      ['1 тармак', ['health 1 kk']],
      ['бірінші тармақ', ['health 1 kk']],
      ['3-тармақтың 4) тармақшасы', ['health 3.4 kk']],
      ['п.\u200b1', ['health 1']],
      ['п. １', ['health 1']],
      // Acts by their numbers and days.
      ['88-V', ['law']],
      ['№ 368/НҚ п. 6', ['centre 6']],
      ['п. 6 приказа № 61', ['attestation 6']],
      ['п. 1 приказа ҚР ДСМ-175/2020', ['health 1']],
      ['приказ от 30 октября 2020 года', ['health']],
      // An act that is not held, by what it has changed.
      ['№ 1007', ['attestation 23']],
    ])('«%s» has first %j', async (text, ids) => {
      const hits = await first(text, ids.length)
      for (const [at, id] of ids.entries()) expect(hits[at]).toMatch(new RegExp(`^${id.replaceAll('.', '\\.')}`, 'u'))
    })

    it.each([
      ['368/НҚ', 'centre', 4],
      ['№ 368/НҚ', 'centre', 4],
      ['№ 368', 'centre', 4],
      ['13324', 'centre', 4],
      ['№ 20774', 'attestation', 4],
      ['V2000020774', 'attestation', 4],
      ['№ ҚР ДСМ-175/2020', 'health', 3],
      ['ДСМ-175/2020', 'health', 3],
      ['приказ № 61 от 28.05.2020', 'attestation', 4],
    ])('«%s» finds the passages of %s before all others', async (text, act, many) => {
      const hits = await first(text, many)
      expect(hits).toHaveLength(many)
      for (const id of hits) expect(id).toMatch(new RegExp(`^${act}`, 'u'))
    })

    it.each([
      ['368/НҚ', 'note'],
      ['7777', 'note'],
      ['080 7777', 'note'],
      ['800 080 7777', 'note'],
      ['74-01-01', 'note'],
      ['8 7172 74 01 01', 'note'],
    ])('«%s» finds the text that has it', async (text, id) => {
      const hits = await first(text, 20)
      expect(hits).toContain(id)
      expect(hits).not.toContain('numbers')
    })

    it('finds the passages of a chapter, which no label names', async () => {
      expect(new Set(await first('глава 3', 2))).toEqual(new Set(['centre 23', 'centre 33']))
    })

    it('explains what was looked up', async () => {
      for (const text of ['п. 6 правил аттестации адвокатов', '№ 61', 'глава 3']) {
        const { hits } = await acts.search({ ...ASK, text })
        const explained = await acts.explain(
          { text, prefix: false },
          hits.map(({ passageId }) => passageId),
        )
        for (const { passageId, score } of hits) {
          const { words, coverage, named, phrase } = explained.get(passageId) ?? expect.fail(passageId)
          const gains = words.reduce((sum, { gain }) => sum + gain, 0)
          expect(gains * coverage + named + phrase).toBeCloseTo(score, 3)
        }
      }
    })
  })

  it('finds while the last word is being typed, and only the last', async () => {
    expect(await found('аудиоз', { prefix: true })).toContain('п. 14')
    expect(await found('регистр', { prefix: true })).toContain('п. 8')
    expect(await found('электронная поч', { prefix: true })).toContain('п. 8')
    expect(await found('регис', { prefix: false })).not.toContain('п. 14')
  })

  it.each([
    ['элетронная почта', 'электронная почта'],
    ['гражадн', 'граждан'],
    ['раговор', 'разговор'],
    ['бесплтные', 'бесплатные'],
  ])('corrects «%s», and searches for it as typed when told to', async (query, corrected) => {
    const result = await engine.search({ ...ASK, text: query })
    expect(result.correctedTo?.slice(0, 6)).toBe(corrected.slice(0, 6))
    expect(result.hits.length).toBeGreaterThan(0)
    expect((await engine.search({ ...ASK, text: query, verbatim: true })).correctedTo).toBeNull()
  })

  it.each(['электронная почта', 'письмо', 'п. 9', 'дом', '1415', 'обучени'])('leaves «%s» as it is', async (text) => {
    expect((await engine.search({ ...ASK, text, prefix: true })).correctedTo).toBeNull()
  })

  it.each([
    ['jndtn yf gbcmvj', 'ответ на письмо', 'layout', 'п. 8'],
    ['zapis razgovora', 'запись разговора', 'transliteration', 'п. 14'],
  ])('reads «%s» as «%s» (%s)', async (text, correctedTo, correctionKind, label) => {
    const result = await engine.search({ ...ASK, text, lang: 'ru' })
    expect(result).toMatchObject({ correctedTo, correctionKind })
    expect(result.hits[0]?.passageId).toBe(label)
  })

  it.each(['өтініштеріне жауаптар', 'отиништерге жауап', 'электрондык поштасына'])(
    'finds for «%s» the Kazakh passage, in forms and without letters that it has',
    async (text) => {
      expect((await found(text, { lang: 'kk' }))[0]).toBe('8-тармақ')
    },
  )

  it.each([
    ['сөйлесудің жазбасы', 'п. 14'],
    ['демалыс күндері үзіліссіз', 'п. 6'],
    ['жауапты адам оқытуды өткізеді', 'п. 21'],
  ])('finds for «%s» what stands in Russian alone, when told to translate: %s', async (text, label) => {
    expect((await found(text, { translator }))[0]).toBe(label)
    const plain = await engine.search({ ...ASK, text })
    const translated = await engine.search({ ...ASK, text, translator })
    expect(translated.hits[0]).toMatchObject({ passageId: label, lang: 'ru' })
    expect(plain.reading).toMatchObject({ lang: 'kk' })
    expect(translated.reading?.met.ru).toBeGreaterThan(plain.reading?.met.ru ?? 1)
    const marked = engine.highlighter({ text, translator })(
      PASSAGES.find(({ passageId }) => passageId === label)?.text ?? '',
      'ru',
    )
    expect(marked.length).toBeGreaterThan(0)
  })

  it('tells how much of a query the best passage of each language meets; a word that no passage has counts', async () => {
    const metBy = async (text: string) => (await engine.search({ ...ASK, text })).reading
    expect(await metBy('запись разговора')).toMatchObject({ lang: 'ru', met: { ru: 1, kk: 0 } })
    expect((await metBy('запись разговора кадастр'))?.met.ru).toBeLessThan(0.8)
    expect(await metBy('п. 8')).toMatchObject({ lang: null })
  })

  it('puts first what holds a quoted phrase word for word', async () => {
    expect((await found('«рабочих дней после представления»', { lang: 'ru' }))[0]).toBe('п. 21')
    expect((await found('«в течение двух рабочих дней»', { lang: 'ru' }))[0]).toBe('п. 8')
  })

  it.each([
    ['«двух рабочих дней»', ['п. 8'], true],
    ['"ответ предоставляется в теч', ['п. 8'], true],
    ['"рабочих дней после представления" обучение', ['п. 21'], true],
    ['"дней рабочих двух"', null, false],
  ])('gives for %s only what holds it word for word, or says that nothing does', async (text, ids, held) => {
    const result = await engine.search({ ...ASK, text, prefix: true })
    expect(result.phrases).toMatchObject({ held })
    expect(result.phrases?.asked).toHaveLength(1)
    const found = result.hits.map(({ passageId }) => passageId)
    if (ids === null) expect(found.length).toBeGreaterThan(0)
    else {
      expect(found).toEqual(ids)
      expect(result.total).toBe(ids.length)
    }
  })

  it('puts first, and leaves the rest, where a question names something in quotes', async () => {
    const { hits, phrases } = await engine.search({ ...ASK, text: 'кто отвечает в течение «двух рабочих дней»?' })
    expect(phrases).toEqual({ asked: ['двух рабочих дней'], held: true, only: false })
    expect(hits[0]?.passageId).toBe('п. 8')
    expect(hits.length).toBeGreaterThan(1)
  })

  it('says nothing of phrases where none is quoted', async () => {
    expect((await engine.search({ ...ASK, text: 'двух рабочих дней' })).phrases).toBeUndefined()
  })

  it('shows what is in force on the day asked about', async () => {
    expect(await found('ответ на письмо')).not.toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2022-10-03' })).toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2022-10-04' })).not.toContain('старый п. 8')
    expect(await found('ответ на письмо', { asOf: '2015-12-31' })).toEqual([])
  })

  it('keeps to a language when asked, and lets a Kazakh word find the Russian passage when not', async () => {
    expect(await found('жауап күн', { lang: 'kk' })).toEqual(['8-тармақ'])
    expect(await found('хатқа жауап')).toEqual(expect.arrayContaining(['8-тармақ', 'п. 8']))
  })

  it('keeps to a kind when asked, also for a reference', async () => {
    expect(await found('электронная почта', { attributes: { kind: 'act' } })).toEqual(['п. 7'])
    expect(await found('п. 8', { attributes: { kind: 'service "1"' } })).toEqual(['п. 8'])
    expect(await found('электронная почта', { attributes: { kind: 'other' } })).toEqual([])
  })

  it('keeps to bodies and services when asked: any of those named, and all kinds of filters together', async () => {
    const ask = { text: 'единый контакт-центр обращения электронная почта', limit: 20 }
    const only = async (attributes: object) => (await found(ask.text, { attributes, limit: 20 })).toSorted()
    expect(await only({ agency: ['agc_one'] })).toEqual(['п. 6', 'п. 7'])
    expect(await only({ agency: ['agc "two"'] })).toEqual(['п. 7'])
    expect(await only({ agency: ['agc "two"', 'нет'] })).toEqual(['п. 7'])
    expect(await only({ service: ['act_1/app_1__table'] })).toEqual(['п. 6'])
    expect(await only({ service: ['act_1/app_1__table'], agency: ['agc "two"'] })).toEqual([])
    expect(await only({ agency: ['agc_one'], kind: 'service "1"' })).toEqual([])
  })

  it('counts what matched by language, kind, body and service, each facet as if it were not filtered by', async () => {
    const counted = async (more: object = {}) => {
      const { facets } = await engine.search({
        ...ASK,
        limit: 1,
        text: 'предоставляет',
        lang: 'ru',
        facets: true,
        ...more,
      })
      const of = facets ?? expect.fail('no facets')
      return {
        lang: Object.fromEntries(of.lang),
        kind: Object.fromEntries(of.kind),
        agency: Object.fromEntries(of.agency),
        service: Object.fromEntries(of.service),
      }
    }
    // Of п. 14 and п. 21 nothing is known but their language.
    const all = await counted()
    expect(all.lang['ru']).toBe(4)
    expect(all).toMatchObject({
      kind: { act: 1, 'service "1"': 1 },
      agency: { agc_one: 1 },
      service: { 'act_1/app_1__table': 1 },
    })
    expect(await counted({ attributes: { agency: ['agc "two"'] } })).toMatchObject({
      kind: {},
      agency: { agc_one: 1 },
      service: {},
    })
    expect((await counted({ attributes: { kind: 'act' } })).lang['ru']).toBe(1)
    expect((await engine.search({ ...ASK, text: 'предоставляет' })).facets).toBeUndefined()
  })

  it('passes over what is excepted in hits, total, facets and phrases', async () => {
    const ask = (text: string, ids: readonly string[] = []) =>
      engine.search({ ...ASK, text, facets: true, except: new Set(ids) })
    const all = await ask('предоставляет')
    const [best] = all.hits
    const rest = await ask('предоставляет', [best?.passageId ?? ''])
    expect(rest.hits.map(({ passageId }) => passageId)).toEqual(all.hits.slice(1).map(({ passageId }) => passageId))
    expect(rest.total).toBe(all.total - 1)
    const counted = ({ facets }: typeof all): number =>
      [...(facets?.lang.values() ?? [])].reduce((sum, one) => sum + one, 0)
    expect(counted(rest)).toBe(counted(all) - 1)
    const quoted = await ask('"двух рабочих дней"')
    expect(quoted.phrases).toMatchObject({ held: true })
    const without = await ask(
      '"двух рабочих дней"',
      quoted.hits.map(({ passageId }) => passageId),
    )
    expect(without.phrases).toMatchObject({ held: false })
  })

  it('counts all that matched beyond the limit', async () => {
    const { hits, total } = await engine.search({ ...ASK, text: 'обращения на почту', limit: 1 })
    expect(hits).toHaveLength(1)
    expect(total).toBeGreaterThan(1)
  })

  it('gives every passage once, best first', async () => {
    const { hits } = await engine.search({ ...ASK, text: 'ответ на обращение по электронной почте, п. 8' })
    expect(new Set(hits.map(({ passageId }) => passageId)).size).toBe(hits.length)
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
  })

  it.each([
    'ответ на обращение по электронной почте',
    'п. 8',
    '«двух рабочих дней» ответ',
    'раговор оператора',
    'өтініш жауап',
  ])('explains the order of «%s»: the parts add up to each score', async (text) => {
    const { hits } = await engine.search({ ...ASK, text })
    const explained = await engine.explain({ text, prefix: false }, [...hits.map(({ passageId }) => passageId), 'нет'])
    expect(new Set(explained.keys())).toEqual(new Set(hits.map(({ passageId }) => passageId)))
    for (const { passageId, score } of hits) {
      const { words, coverage, named, phrase } = explained.get(passageId) ?? expect.fail(passageId)
      const gains = words.reduce((sum, { gain }) => sum + gain, 0)
      expect(gains * coverage + named + phrase).toBeCloseTo(score, 3)
    }
  })

  it('explains by what a word is met and where: by a synonym, in the text', async () => {
    const explained = await engine.explain({ text: 'имейл', prefix: false }, ['п. 8'])
    expect(explained.get('п. 8')?.words).toMatchObject([
      { word: 'имейл', met: expect.any(Number), evidence: [{ kind: 'concept', fields: { text: 2 } }] },
    ])
  })

  it('takes a question of many words', async () => {
    const question =
      'скажите пожалуйста сколько рабочих дней оператор единого контакт-центра может готовить ответ гражданину на обращение, которое поступило на адрес электронной почты вечером в пятницу'
    expect((await found(question, { lang: 'ru' })).slice(0, 2)).toContain('п. 8')
  })

  it('finds nothing for words that nobody wrote', async () => {
    expect(await engine.search({ ...ASK, text: 'zzz' })).toMatchObject({
      hits: [],
      total: 0,
      correctedTo: null,
      correctionKind: null,
    })
    expect(await engine.search({ ...ASK, text: '  ' })).toMatchObject({
      hits: [],
      total: 0,
      correctedTo: null,
      correctionKind: null,
    })
    expect(await found('" OR zzz \\ " `')).toEqual([])
  })

  it.each([
    ['отвечают', 'ответ предоставляется', ['ответ']],
    ['имейл', 'на электронную почту', ['электронную почту']],
    ['2 дня', 'двух рабочих дней', ['двух', 'дней']],
    ['регистр', 'Регистрация обращений', ['Регистрация']],
    ['п. 20', 'указанной в пункте 20 Правил', ['пункте 20']],
    ['в на и', 'в срок на письмо', []],
  ])('highlights for «%s» in «%s»', (query, text, marked) => {
    expect(
      engine
        .highlighter({ text: query })(text, 'ru')
        .map(([start, end]) => text.slice(start, end)),
    ).toEqual(marked)
  })

  it('says what it holds, replaces and forgets', async () => {
    const own = way.create()
    expect(await own.state()).toEqual(new Map())
    await own.apply({ upsert: [document('п. 1', 'старое слово')], remove: [] })
    await own.apply({ upsert: [document('п. 1', 'новое слово', { fingerprint: 'f2' })], remove: [] })
    expect(await own.state()).toEqual(new Map([['п. 1', 'f2']]))
    expect((await own.search({ ...ASK, text: 'старое' })).hits).toEqual([])
    expect((await own.search({ ...ASK, text: 'новое' })).hits).toHaveLength(1)
    await own.apply({ upsert: [], remove: ['п. 1', 'unknown'] })
    expect((await own.state()).size).toBe(0)
    expect((await own.search({ ...ASK, text: 'слово' })).hits).toEqual([])
  })

  it('is made anew while it is searched: no search fails or sees a half of it', async () => {
    const own = way.create()
    const corpus = (round: string): LexicalDocument[] =>
      Array.from({ length: 600 }, (_, at) =>
        document(`п. ${at + 1}`, `Обращение гражданина номер ${at + 1}, ${round}.`, { fingerprint: `${round} ${at}` }),
      )
    await own.rebuild(corpus('синий'))
    let going = true
    const totals = new Set<number>()
    const searching = (async () => {
      while (going) {
        totals.add((await own.search({ ...ASK, text: 'обращение гражданина' })).total)
        await new Promise(setImmediate)
      }
    })()
    await own.rebuild(corpus('красный').slice(0, 500))
    going = false
    await searching
    expect((await own.state()).size).toBe(500)
    expect((await own.search({ ...ASK, text: 'красный' })).hits.length).toBeGreaterThan(0)
    expect((await own.search({ ...ASK, text: 'синий' })).hits).toEqual([])
    for (const total of totals) expect([500, 600]).toContain(total)
  })
})

describe.skipIf(WAYS[1]?.absent !== null)(
  'meilisearch on a real server (skipped without MEILI_URL)',
  { timeout: TIMEOUT_MS },
  () => {
    const make = (indexUid: string) =>
      createMeilisearchIndex({ url: url ?? '', searchKey, adminKey, indexUid, language, searchTimeoutMs: 10_000 })

    afterAll(async () => WAYS[1]?.clean())

    it('knows the words that another instance wrote, and heals when emptied', async () => {
      const indexUid = `bilim_test_${randomBytes(6).toString('hex')}`
      uids.push(indexUid)
      const [writer, reader] = [make(indexUid), make(indexUid)]
      await writer.apply({ upsert: PASSAGES, remove: [] })
      expect((await reader.state()).size).toBe(PASSAGES.length)
      expect((await reader.search({ ...ASK, text: 'раговор' })).hits[0]?.passageId).toBe('п. 14')
      const admin = new Meilisearch({ host: url ?? '', apiKey: adminKey })
      await admin.deleteIndex(indexUid).waitTask()
      await expect(reader.search({ ...ASK, text: 'разговор' })).rejects.toThrow('not found')
      expect((await reader.state()).size).toBe(0)
      await reader.rebuild(PASSAGES)
      expect((await writer.search({ ...ASK, text: 'разговор' })).hits[0]?.passageId).toBe('п. 14')
    })

    it('loses no candidate where a quoted phrase of many words has more than a thousand', async () => {
      const indexUid = `bilim_test_${randomBytes(6).toString('hex')}`
      uids.push(indexUid)
      const engine = make(indexUid)
      const words = ['аренда', 'бюджет', 'вакцина', 'граница', 'договор', 'жилище', 'закупка', 'инвалид']
      // Each query proposes 200 at most, and the words are looked for in both languages.
      const filling = words
        .slice(0, 6)
        .flatMap((word) =>
          (['ru', 'kk'] as const).flatMap((lang) =>
            Array.from({ length: 150 }, (_, at) =>
              document(`${word} ${lang} ${at}`, `${word} ${at}`, { label: '', lang }),
            ),
          ),
        )
      const whole = document('вместе', words.join(' '), { label: '' })
      await engine.rebuild([...filling, whole])
      const { hits } = await engine.search({ ...ASK, text: `"${words.join(' ')}"`, limit: 2000 })
      expect(hits.map(({ passageId }) => passageId)).toEqual(['вместе'])
    })

    it('the search key can neither read documents nor write', async () => {
      const intruder = new Meilisearch({ host: url ?? '', apiKey: searchKey })
      await expect(intruder.index('bilim_test_x').getDocuments()).rejects.toThrow('API key')
      await expect(intruder.createIndex('bilim_test_x')).rejects.toThrow('API key')
      await expect(intruder.getKeys()).rejects.toThrow('API key')
    })
  },
)
