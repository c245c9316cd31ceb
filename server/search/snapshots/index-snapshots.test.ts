import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LanguageData } from '../analysis/language-data.ts'
import { createInProcessIndex, IN_PROCESS_SOURCE } from '../in-process-index.ts'
import type { LexicalDocument } from '../lexical-index.ts'
import { readLanguageData } from '../read-language-data.ts'
import { createSwitchingIndex } from '../switching-index.ts'
import { createIndexSnapshots } from './index-snapshots.ts'
import type { StorableIndex } from './storable-index.ts'

const language = await readLanguageData('content')
const source = await readFile('content/sources/contact-centre-rules.ru.txt', 'utf8').catch(() => '')
const SENTENCES = [
  ...source.split(/(?<=[.;:])\s+/u).filter((sentence) => sentence.length > 30 && sentence.length < 400),
  'Единый контакт-центр предоставляет запись разговора оператора в срок, не превышающий четырех часов.',
  'Регистрация обращений, поступивших на электронную почту, осуществляется автоматически, ответ в течение двух рабочих дней.',
  'Обращения поступают на номера: 1414, 8 800 080 7777, на адрес: support@goscorp.kz.',
]
const KAZAKH = [
  'Электрондық поштаға келіп түскен өтініштерге жауап екі жұмыс күні ішінде беріледі.',
  'Бірыңғай байланыс орталығы өз қызметтерін тәулік бойы көрсетеді.',
  'Оператор әңгіменің жазбасын төрт сағаттан аспайтын мерзімде ұсынады.',
]
const QUERIES = [
  'срок ответа на письмо',
  'запись разговора оператора',
  'п. 8',
  '8 800 080 77 77',
  'раговор',
  'jndtn yf gbcmvj',
  'zapis razgovora',
  'обращ',
  'регистрация обр',
  '«рабочих дней»',
  'өтініштерге жауап',
  'отиништерге жауап',
  'имейл',
  'круглосуточно',
]
const ASK = { asOf: '2026-11-24', limit: 20, prefix: true }

/** Numbers that look random and are the same every time (mulberry32). */
const randomOf = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const documentOf = (number: number, random: (below: number) => number): LexicalDocument => {
  const lang = random(4) === 0 ? 'kk' : 'ru'
  const pool = lang === 'kk' ? KAZAKH : SENTENCES
  const pick = () => pool[random(pool.length)] ?? ''
  return {
    passageId: `psg_${number}`,
    articleId: `art_${number % 7}`,
    lang,
    title: lang === 'kk' ? 'Қағидалар' : 'Правила',
    label: lang === 'kk' ? `${(number % 40) + 1}-тармақ` : `п. ${(number % 40) + 1}`,
    context: random(2) === 0 ? '' : 'В настоящих Правилах используются следующие понятия:',
    text: `${pick()}\n${pick()} 😀`,
    validFrom: '2016-01-01',
    validTo: random(10) === 0 ? '2022-10-04' : null,
    ...(random(2) === 0 ? {} : { attributes: { kind: random(2) === 0 ? 'act' : 'service' } }),
    fingerprint: `${number} ${random(1_000_000)}`,
  }
}

/** All that an operator or an editor would see of it. */
const seenOf = async (index: StorableIndex) => {
  const found = []
  for (const text of QUERIES) {
    const result = await index.search({ ...ASK, text })
    const ids = result.hits.map(({ passageId }) => passageId)
    const mark = index.highlighter({ text })
    found.push({
      text,
      result,
      past: await index.search({ ...ASK, text, asOf: '2020-01-01', attributes: { kind: 'act' } }),
      explained: [...(await index.explain({ text, prefix: true }, ids))],
      marks: mark(SENTENCES.at(-1) ?? '', 'ru'),
    })
  }
  return { found, state: [...(await index.state())].sort() }
}

describe('snapshots of the index of words', () => {
  let directory: string
  let said: { level: number; msg: string }[]
  let log: Logger
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'bilim-snapshot-'))
    said = []
    log = pino({ level: 'info' }, { write: (line: string) => said.push(JSON.parse(line)) })
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  const create = () => createInProcessIndex(language)
  const snapshotsOf = (data: LanguageData = language) =>
    createIndexSnapshots({ directory, source: IN_PROCESS_SOURCE, language: data, log })
  const path = () => join(directory, 'passages.snapshot')
  const filled = async (count = 60, seed = 1): Promise<StorableIndex> => {
    const random = randomOf(seed)
    const index = create()
    await index.apply({
      upsert: Array.from({ length: count }, (_, number) => documentOf(number, random)),
      remove: [],
    })
    return index
  }

  it.each([1, 2, 3])(
    'read again is what was written, through random edits before and after (%i)',
    { timeout: 60_000 },
    async (seed) => {
      const random = randomOf(seed)
      let read: StorableIndex | null = null
      const lived = create()
      const wanted = new Map<string, LexicalDocument>()
      for (let round = 0; round < 5; round += 1) {
        const upsert = Array.from({ length: random(30) }, () => documentOf(random(60), random))
        const remove = Array.from({ length: random(12) }, () => `psg_${random(60)}`)
        for (const id of remove) wanted.delete(id)
        for (const document of upsert) wanted.set(document.passageId, document)
        await lived.apply({ upsert, remove })
        if (read !== null) {
          await read.apply({ upsert, remove })
          expect(await seenOf(read)).toEqual(await seenOf(lived))
        }
        expect(await snapshotsOf().save(round % 2 === 0 ? lived : (read ?? lived))).toBe(true)
        read = await snapshotsOf().load(create)
        expect(await seenOf(read ?? expect.fail('no snapshot'))).toEqual(await seenOf(lived))
      }
      const anew = create()
      await anew.apply({ upsert: [...wanted.values()], remove: [] })
      for (const text of QUERIES) {
        // Of equal scores the older passage stands first, and which is older is another matter in an index made anew.
        const all = async (index: StorableIndex) =>
          (await index.search({ ...ASK, text, limit: 100 })).hits
            .map(({ passageId, score }) => `${passageId} ${score.toFixed(6)}`)
            .sort()
        expect(await all(read ?? anew)).toEqual(await all(anew))
      }
    },
  )

  it('searches while it is written change nothing of it', async () => {
    await snapshotsOf().save(await filled(200))
    const read = (await snapshotsOf().load(create)) ?? expect.fail('no snapshot')
    const searching: StorableIndex = {
      ...read,
      async *dump() {
        for await (const part of read.dump()) {
          yield part
          for (const text of QUERIES) await read.search({ ...ASK, text })
        }
      },
    }
    await snapshotsOf().save(searching)
    const again = (await snapshotsOf().load(create)) ?? expect.fail('no snapshot')
    expect(await seenOf(again)).toEqual(await seenOf(read))
  })

  it('is for its owner alone, in place of the one before, and leaves no other file', async () => {
    const index = await filled()
    await snapshotsOf().save(index)
    await snapshotsOf().save(index)
    expect(await readdir(directory)).toEqual(['passages.snapshot'])
    expect((await stat(path())).mode & 0o777).toBe(0o600)
  })

  it('there is none at first: nothing is said about it', async () => {
    expect(await snapshotsOf().load(create)).toBeNull()
    expect(said).toEqual([])
  })

  const broken: [string, (whole: Buffer) => Buffer][] = [
    ['empty', () => Buffer.alloc(0)],
    ['another program’s', () => Buffer.from('SQLite format 3\u0000'.repeat(20))],
    ['cut in half', (whole) => whole.subarray(0, whole.length / 2)],
    ['without its last byte', (whole) => whole.subarray(0, -1)],
    ['longer by a byte', (whole) => Buffer.concat([whole, Buffer.from('x')])],
    ...[0.02, 0.2, 0.5, 0.8, 0.99].map((share): [string, (whole: Buffer) => Buffer] => [
      `changed in a bit at ${share}`,
      (whole) => {
        const other = Buffer.from(whole)
        const at = Math.floor(whole.length * share)
        other[at] = (other[at] ?? 0) ^ 0x10
        return other
      },
    ]),
    ['with a length that cannot be', (whole) => whole.fill(0xff, 17, 25)],
  ]
  it.each(broken)('a file that is %s is not used, and the log says so', async (_, breakIt) => {
    await snapshotsOf().save(await filled())
    await writeFile(path(), breakIt(await readFile(path())))
    said = []
    expect(await snapshotsOf().load(create)).toBeNull()
    expect(said).toMatchObject([{ level: 40, msg: expect.stringContaining('made anew') }])
  })

  it('other language data: made anew', async () => {
    await snapshotsOf().save(await filled())
    const other = { ...language, families: [...language.families, { id: 'новый', words: ['новый', 'новизна'] }] }
    expect(await snapshotsOf(other).load(create)).toBeNull()
    expect(await snapshotsOf().load(create)).not.toBeNull()
  })

  it('a directory that cannot be written is said in the log, and fails nothing', async () => {
    await writeFile(path(), '')
    const nowhere = createIndexSnapshots({ directory: path(), source: IN_PROCESS_SOURCE, language, log })
    expect(await nowhere.save(await filled(3))).toBe(false)
    expect(await nowhere.load(create)).toBeNull()
    expect(said.some(({ level }) => level === 40)).toBe(true)
  })

  it('what a killed process left is removed when it is old, and what another writes now is not', async () => {
    await snapshotsOf().save(await filled(3))
    await writeFile(`${path()}.1-aa.tmp`, 'old')
    await utimes(`${path()}.1-aa.tmp`, 0, 0)
    await writeFile(`${path()}.2-bb.tmp`, 'new')
    await snapshotsOf().load(create)
    expect((await readdir(directory)).sort()).toEqual(['passages.snapshot', 'passages.snapshot.2-bb.tmp'])
  })

  describe('of an engine that runs', () => {
    const documents = Array.from({ length: 30 }, (_, number) => documentOf(number, randomOf(number + 1)))

    it('a second start has what the first had when it stopped, and writes nothing when nothing changed', async () => {
      const first = createSwitchingIndex(create, snapshotsOf())
      await first.open()
      await first.rebuild(documents)
      await first.apply({ upsert: [], remove: ['psg_3'] })
      await first.close()
      const second = createSwitchingIndex(create, snapshotsOf())
      expect((await second.state()).size).toBe(0)
      await Promise.all([second.open(), second.open()])
      expect(await second.state()).toEqual(await first.state())
      await rm(path())
      await second.close()
      expect(await readdir(directory)).toEqual([])
    })

    it('is written a while after a change too, without a stop', async () => {
      const engine = createSwitchingIndex(create, snapshotsOf(), 1)
      await engine.apply({ upsert: documents, remove: [] })
      await expect
        .poll(
          () =>
            snapshotsOf()
              .load(create)
              .then((index) => index?.state()),
          { timeout: 10_000 },
        )
        .toEqual(await engine.state())
    })

    it('a change and a search while it is written: each snapshot is whole, and the search is answered', async () => {
      const engine = createSwitchingIndex(create, snapshotsOf())
      await engine.rebuild(documents)
      const closing = engine.close()
      const change = engine.apply({ upsert: [], remove: ['psg_1', 'psg_2'] })
      expect((await engine.search({ ...ASK, text: 'запись' })).hits.length).toBeGreaterThan(0)
      await Promise.all([closing, change])
      expect((await (await snapshotsOf().load(create))?.state())?.size).toBe(30)
      await engine.close()
      expect((await (await snapshotsOf().load(create))?.state())?.size).toBe(28)
    })
  })
})
