import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { dotProduct } from '#server/answers/extract/word-vectors.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import { today, type Lang } from '#server/context.ts'
import { runCommand, UsageError } from '#server/bin/run-command.ts'
import { queryRows } from '#server/db/database.ts'
import { gapQuestion } from '#server/db/schema/sample-questions.ts'
import { restoreKazakhLetters } from '#server/search/analysis/restore-kazakh-letters.ts'
import { subwordsOf } from '#server/search/analysis/sense-of.ts'
import { originalSubwordTable, writeShifts } from '#server/search/analysis/subword-table.ts'
import { randomFrom, shuffled } from '../random-numbers.ts'
import { createContrastiveFit, type Bag } from './fit/contrastive.ts'
import { provisionMatches, readActCases } from './read-act-cases.ts'
import { actNumbers, withActs } from './with-acts.ts'

const USAGE = 'npx tsx evals/answers/fit-subwords.ts --acts DIR [--without ACT] [--write]'
const TARGET = fileURLToPath(new URL('../../server/search/analysis/subword-shifts.bin', import.meta.url))
const SETS = ['acts', 'acts-dev-2', 'acts-dev-3', 'fitting']

const EPOCHS = 10
const AT_ONCE = 512
const TEMPERATURE = 0.07
const RATE = 2e-3
/** Of the subwords of a question so many are left out, each time others: no single one may decide. */
const LEFT_OUT = 0.15
/** Pairs of a Russian and a Kazakh question, of a question and the provision's text in the other language. */
const ACROSS = 0.25
/** What pairs of a question and its provision's text count beside pairs of questions. */
const TEXT_SHARE = 0.3
/** Subwords of a provision that are read. */
const MOST_OF_TEXT = 160

/** What questions ask about: a provision, or a known gap, which has no text. */
interface Matter {
  act: string
  lang: Lang
  /** Element id, or what the gap is called. */
  eid: string
  isGap: boolean
  text: readonly number[]
  questions: (readonly number[])[]
}

/**
 * Moves the vectors of subwords (`subword-table.md`) so that questions which people ask about the same provision come near each other, in both languages, and near the provision's
 * text, and so do questions about one known gap: they are fitted over the sample questions of `content/questions`, which the evaluation's cases are not among. Reports for each development set how often the right provision has the nearest sample questions, and
 * how often a gap is nearer than any provision, before and after.
 * `--without` leaves an act's questions out of the fitting and asks about it alone; `--write` puts the vectors into `server/search/analysis/subword-shifts.bin`. Run it again when many sample questions have changed,
 * and `fit-extraction.ts` after it. About a quarter of an hour.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { acts: { type: 'string' }, without: { type: 'string' }, write: { type: 'boolean' } },
  })
  const { acts, without, write } = values
  if (acts === undefined) throw new UsageError(`Usage: ${USAGE}`)
  const out = (line: string) => process.stdout.write(`${line}\n`)
  const paths = (await readdir(acts)).filter((name) => name.endsWith('.md')).sort()
  const matters = await withActs(
    paths.map((name) => join(acts, name)),
    [],
    readMatters,
  )
  const table = originalSubwordTable()
  const rows = Array.from({ length: table.size }, (_, subword) => Float32Array.from(table.vectorOf(subword)))
  const weights = { ru: weightsOf(matters, 'ru'), kk: weightsOf(matters, 'kk') }
  await report('before', matters, rows, weights, without, out)

  const fitted = matters.filter(({ act }) => act !== without)
  const random = randomFrom(1)
  const kindOf = new Map<string, number>()
  for (const { act, eid } of fitted) kindOf.set(`${act} ${eid}`, kindOf.get(`${act} ${eid}`) ?? kindOf.size)
  const byKey = new Map(fitted.map((one) => [`${one.act} ${one.lang} ${one.eid}`, one]))
  const pairs = fitted.flatMap((of) =>
    of.questions.length < 2 ? [] : of.questions.map((question) => ({ of, question })),
  )
  const perEpoch = Math.floor(pairs.length / AT_ONCE)
  const step = createContrastiveFit(rows, { temperature: TEMPERATURE, rate: RATE, steps: EPOCHS * perEpoch })
  const some = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const thinned = (subwords: readonly number[]): readonly number[] => {
    const kept = subwords.filter(() => random() >= LEFT_OUT)
    return kept.length === 0 ? subwords : kept
  }
  const asQuestion = (subwords: readonly number[], lang: Lang): Bag => ({ subwords, weightOf: weights[lang] })
  const asText = (subwords: readonly number[]): Bag => ({ subwords, weightOf: table.rarityOf })
  for (let epoch = 1; epoch <= EPOCHS; epoch += 1) {
    // By language, so that the others of a batch are mostly of the same.
    const order = shuffled(pairs, random).sort((a, b) => a.of.lang.localeCompare(b.of.lang))
    const starts = shuffled([...Array(perEpoch).keys()], random)
    let loss = 0
    for (const start of starts) {
      const batch = order.slice(start * AT_ONCE, (start + 1) * AT_ONCE).map(({ of, question }) => {
        const counterpart = byKey.get(`${of.act} ${of.lang === 'ru' ? 'kk' : 'ru'} ${of.eid}`)
        const [across, textAcross] = [random() < ACROSS, random() < ACROSS].map((is) => is && counterpart !== undefined)
        const other = across === true && counterpart !== undefined ? counterpart : of
        const left = thinned(question)
        return {
          isGap: of.isGap,
          kind: kindOf.get(`${of.act} ${of.eid}`) ?? -1,
          left: asQuestion(left, of.lang),
          right: asQuestion(thinned(some(other.questions.filter((one) => one !== question)) ?? question), other.lang),
          plain: asText(left),
          text: asText((textAcross === true ? counterpart : of)?.text ?? of.text),
        }
      })
      const texts = batch.filter(({ isGap }) => !isGap)
      const kindsOf = (pairs: typeof batch): number[] => pairs.map(({ kind }) => kind)
      loss += step([
        {
          share: 1,
          kinds: kindsOf(batch),
          left: batch.map(({ left }) => left),
          right: batch.map(({ right }) => right),
        },
        {
          share: TEXT_SHARE,
          kinds: kindsOf(texts),
          left: texts.map(({ plain }) => plain),
          right: texts.map(({ text }) => text),
        },
      ])
    }
    out(`epoch ${epoch} of ${EPOCHS}: loss ${(loss / perEpoch).toFixed(3)}`)
    if (epoch === EPOCHS || epoch % 5 === 0) await report(`after ${epoch}`, matters, rows, weights, without, out)
  }
  if (write === true) {
    const moved = rows.flatMap((row, subword) =>
      row.every((value, at) => value === table.vectorOf(subword)[at]) ? [] : [{ subword, vector: row }],
    )
    await writeFile(TARGET, writeShifts(moved, table.dimensions))
    out(`${moved.length} subwords written`)
  }
  return 0
})

/** Provisions in force, with their texts and sample questions as subwords, and known gaps with theirs. */
async function readMatters(ctx: AnswerContext): Promise<Matter[]> {
  const numbers = await actNumbers(ctx)
  const day = today(ctx)
  const texts = await queryRows<{ act_id: string; lang: Lang; eid: string; text: string }>(
    ctx.db,
    sql`select act_id, lang, eid, concat_ws(' ', heading, text) as text from provision
        where valid_from <= ${day} and (valid_to is null or valid_to > ${day}) order by act_id, lang, ord`,
  )
  const asked = await queryRows<{ act_id: string; lang: Lang; eid: string; text: string }>(
    ctx.db,
    sql`select act_id, lang, eid, text from sample_question order by id`,
  )
  const held = new Map<string, Matter>()
  for (const { act_id, lang, eid, text } of texts)
    held.set(`${act_id} ${lang} ${eid}`, {
      act: numbers.get(act_id) ?? act_id,
      lang,
      eid,
      isGap: false,
      text: subwordsOf(text).slice(0, MOST_OF_TEXT),
      questions: [],
    })
  const taken = (text: string, lang: Lang): readonly number[] =>
    subwordsOf(lang === 'kk' ? restoreKazakhLetters(text) : text)
  for (const { act_id, lang, eid, text } of asked)
    held.get(`${act_id} ${lang} ${eid}`)?.questions.push(taken(text, lang))
  const gaps = new Map<string, Matter>()
  for (const { actId, lang, gap, text } of await ctx.db.select().from(gapQuestion).orderBy(gapQuestion.id)) {
    const key = `${actId} ${lang} ${gap}`
    const own = gaps.get(key) ?? {
      act: numbers.get(actId) ?? actId,
      lang,
      eid: gap,
      isGap: true,
      text: [],
      questions: [],
    }
    gaps.set(key, own)
    own.questions.push(taken(text, lang))
  }
  return [
    ...[...held.values()].filter(({ text, questions }) => text.length > 0 && questions.length > 0),
    ...gaps.values(),
  ]
}

/** What a subword says among the questions of a language: as in the index of sample questions. */
function weightsOf(matters: readonly Matter[], lang: Lang): (subword: number) => number {
  const askedWith = new Map<number, number>()
  const own = matters.filter((one) => one.lang === lang)
  for (const { questions } of own)
    for (const subword of new Set(questions.flat())) askedWith.set(subword, (askedWith.get(subword) ?? 0) + 1)
  return (subword) => Math.log((own.length + 1) / ((askedWith.get(subword) ?? 0) + 1))
}

async function report(
  when: string,
  matters: readonly Matter[],
  rows: readonly Float32Array[],
  weights: Record<Lang, (subword: number) => number>,
  without: string | undefined,
  out: (line: string) => void,
): Promise<void> {
  const senseOf = (subwords: readonly number[], weightOf: (subword: number) => number): Float32Array => {
    const sum = new Float32Array(rows[0]?.length ?? 0)
    for (const subword of subwords)
      for (let at = 0; at < sum.length; at += 1)
        sum[at] = (sum[at] ?? 0) + weightOf(subword) * (rows[subword]?.[at] ?? 0)
    const length = Math.hypot(...sum) || 1
    return sum.map((value) => value / length)
  }
  const { rarityOf } = originalSubwordTable()
  for (const lang of ['ru', 'kk'] as const) {
    const own = matters
      .filter((one) => one.lang === lang)
      .map((one) => ({
        ...one,
        samples: one.questions.map((question) => senseOf(question, weights[lang])),
        sense: senseOf(one.text, rarityOf),
      }))
    const provisions = own.filter(({ isGap }) => !isGap)
    for (const set of SETS) {
      const { cases } = await readActCases(fileURLToPath(new URL(`../cases/${set}.${lang}.yaml`, import.meta.url)))
      const senseOfQuestion = (question: string, weightOf: (subword: number) => number): Float32Array =>
        senseOf(subwordsOf(lang === 'kk' ? restoreKazakhLetters(question) : question), weightOf)
      const nearestOf = (mine: Float32Array, isGap: boolean): number =>
        Math.max(
          -1,
          ...own
            .filter((one) => one.isGap === isGap)
            .flatMap(({ samples }) => samples.map((sample) => dotProduct(sample, mine))),
        )
      const gapNearer = (of: typeof cases): string => {
        const nearer = of.filter(({ question }) => {
          const mine = senseOfQuestion(question, weights[lang])
          return nearestOf(mine, true) > nearestOf(mine, false)
        })
        return `${((100 * nearer.length) / of.length).toFixed(1)} % of ${of.length}`
      }
      const asked = cases.filter(
        ({ provisions: right }) =>
          right.length > 0 && (without === undefined || right.every((one) => one.startsWith(`${without} `))),
      )
      let [nearest, text, text5] = [0, 0, 0]
      for (const { question, provisions: right } of asked) {
        const isRight = ({ act, eid }: Matter): boolean =>
          right.some((one) => one.startsWith(`${act} `) && provisionMatches(eid, one.slice(one.indexOf(' ') + 1)))
        const mine = senseOfQuestion(question, weights[lang])
        const plain = senseOfQuestion(question, rarityOf)
        const placeBy = (score: (of: (typeof provisions)[number]) => number): number => {
          const scores = provisions.map((one) => ({ score: score(one), right: isRight(one) }))
          const best = Math.max(...scores.filter((one) => one.right).map((one) => one.score))
          return scores.filter((one) => one.score > best).length
        }
        if (placeBy(({ samples }) => Math.max(...samples.map((sample) => dotProduct(sample, mine)))) === 0) nearest += 1
        const place = placeBy(({ sense }) => dotProduct(sense, plain))
        if (place === 0) text += 1
        if (place < 5) text5 += 1
      }
      const share = (count: number): string => `${((100 * count) / asked.length).toFixed(1)} %`
      out(
        `${when}, ${set}.${lang}, ${asked.length} questions: right provision has the nearest sample question ${share(nearest)}, the nearest text ${share(text)}, among five ${share(text5)}; a known gap is nearer for ${gapNearer(asked)} answerable and ${gapNearer(cases.filter(({ provisions: right }) => right.length === 0))} others`,
      )
    }
  }
}
