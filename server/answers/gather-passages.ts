import { sql } from 'drizzle-orm'
import { today, type Lang } from '#server/context.ts'
import { arrayLiteral } from '#server/db/database.ts'
import { readVisiblePassages, type VisiblePassage } from '#server/articles/visible-passages.ts'
import { subjectCoverage } from '#server/search/analysis/subject-coverage.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'
import { rankPassages, type Ranking, type RankedPassage } from '#server/search/search.ts'
import { selfAndAbove } from '#server/search/translation/counterparts.ts'
import { derivedId } from '#server/ids.ts'
import type { AnswerContext } from './answer-context.ts'
import type { Question } from './schema.ts'
import type { AskedOfGaps, NumberedPassage } from './answerer.ts'
import { ASKED_JUST_SO } from './clarify/is-of-anything.ts'
import { expectedAnswer } from './expected-answer.ts'
import type { AkinPassage } from './in-other-language.ts'
import { byBothRankings } from './fuse-rankings.ts'
import { topicOfRow, topicsOfQuestion } from './extract/standard-topics.ts'
import { severally, strengthOf, type SampleMatch } from './sample-questions/sample-index.ts'
import type { MatchesOfAll } from './sample-questions/sample-questions.ts'

/** How many passages of the search an answerer is given. */
const PASSAGES = 20
/** How many more may come because a sample question of theirs is like the one asked. */
const MOST_HINTED = 8
const LEAST_HINT = 0.3
/** How many provisions the sample questions rank. */
const MOST_HINTS = 20
/** How many known gaps an answerer is told of. */
const MOST_GAPS = 5
/** From here on a known gap is named with a refusal. */
const LEAST_NAMED = 0.45
/** Across languages questions are less alike. Of an act in the other language alone: no farther behind what is near in the own one it is worth pointing at, and … (0051) */
const POINTED = { least: 0.4, behind: 0.2 }
/** … it is that act which is asked about. */
const MEANT = { least: 0.45, behind: 0.04 }
/** How many such provisions are pointed at, and of how many it is asked whether they may be seen. */
const MOST_AKIN = 3
const AKIN_READ = 12
/** Rows of a list of requirements, by their element id. */
const ROW = /(?:^|__)row_[\d-]+$/u
/** How many of the best passages say which services are meant, and how many rows of theirs may come along. */
const SERVICES_OF = 8
const MOST_ROWS = 6

/** How many are looked at to find those of one act or article. */
const RANKED = 50
/** Passages of an act that are read where ranking found few of its. */
const READ = 400

export interface GatheredPassage extends RankedPassage {
  /** Sample questions like the one asked, each with the part of the text that answers it. */
  asked: NonNullable<NumberedPassage['asked']>
  /** It is of the Rules by which the centre works: of the act that the rules of scope rest on. */
  ofRules: boolean
  /** Where search and sample questions, each alone, put it. */
  places: NonNullable<NumberedPassage['places']>
}

const inside = (passage: VisiblePassage, within: Question['within']): boolean =>
  within === undefined ||
  ((within.articleId === undefined || passage.articleId === within.articleId) &&
    (within.actId === undefined || passage.citation?.actId === within.actId))

/** Passages of one act or article alone: those that were ranked, then others of it that hold most of the question's words. */
async function narrow(
  ctx: AnswerContext,
  ranked: readonly RankedPassage[],
  input: { within: NonNullable<Question['within']>; lang: Lang; asOf: string; question: string },
): Promise<RankedPassage[]> {
  const { within, lang, asOf, question } = input
  const chosen = ranked.filter((passage) => inside(passage, within)).slice(0, PASSAGES)
  if (chosen.length === PASSAGES) return chosen
  const least = chosen.at(-1)?.score ?? 0
  const others = await readVisiblePassages(
    ctx,
    sql`p.id in (
      select q.id from passage q left join provision o on o.id = q.provision_id
      where q.lang = ${lang}
        and (${within.articleId ?? null}::text is null or q.article_id = ${within.articleId ?? null})
        and (${within.actId ?? null}::text is null or o.act_id = ${within.actId ?? null})
      order by q.article_id, q.ord limit ${READ})`,
    asOf,
  )
  const more = others
    .filter(({ passageId }) => !chosen.some((passage) => passage.passageId === passageId))
    .map((passage) => ({ passage, share: subjectCoverage(`${passage.context}\n${passage.text}`, question, lang) }))
    .toSorted((left, right) => right.share - left.share)
    .slice(0, PASSAGES - chosen.length)
  return [...chosen, ...more.map(({ passage }) => ({ ...passage, score: least }))]
}

/**
 * The passages that may answer a question: what search finds, and what answers a sample question like it.
 * @returns passages, best first, each with the likeness of its sample questions; known gaps that are asked about alike, and the name of one that is
 * nearer to the question than any provision; the parts of search that were away; and
 * a way to read the other language as well
 */
export async function gatherPassages(
  ctx: AnswerContext,
  input: { question: string; lang: Lang; asOf: string; within?: Question['within'] },
): Promise<
  {
    passages: GatheredPassage[]
    gaps: AskedOfGaps
    knownGap: string | null
    /** The question of which an editor said that nothing answers it, where this very one is asked: nobody is to try. */
    saidUnanswered: { id: string; text: string } | null
    /** A provision of an act in the other language alone that the question comes as near to as to anything in its own, across languages: no text of the own language is tried. */
    nearestElsewhere: { actId: string; eid: string; kinship: number } | null
    /** How like it is to the most alike question that somebody has asked, 0…1. */
    askedBefore: number
    /** What search finds where the other language is read as well: asked where the own one has no answer. */
    withOtherLanguage: () => Promise<Pick<Ranking, 'passages' | 'crossLanguage' | 'degraded'> & { akin: AkinPassage[] }>
  } & Pick<Ranking, 'degraded'>
> {
  const { lang, asOf, within } = input
  const question = standardSpelling(input.question, lang)
  let matching: Promise<MatchesOfAll> | null = null
  const compare = () => (matching ??= ctx.sampleQuestions.matches(ctx.db, question, lang))
  const {
    passages: ranked,
    degraded,
    withOtherLanguage,
  } = await rankPassages(ctx, {
    q: question,
    asOf,
    limit: within === undefined ? PASSAGES : RANKED,
    prefix: false,
    meanwhile: compare,
    ownLanguage: lang,
  })
  const passages = within === undefined ? ranked : await narrow(ctx, ranked, { within, lang, asOf, question })
  const found = passages.length
  const least = passages.at(-1)?.score ?? 0
  for (const row of await rowsOfServices(ctx, passages, { question, lang, asOf }))
    if (inside(row, within) && !passages.some(({ passageId }) => passageId === row.passageId))
      passages.push({ ...row, score: least })
  const matches = await compare()
  const hints = matches.nearest
    .filter((match) => strengthOf(match) >= LEAST_HINT)
    .filter(({ actId }) => within?.actId === undefined || within.actId === actId)
    .slice(0, MOST_HINTS)
  const holds = ({ citation, segments, lang: of }: VisiblePassage, { actId, eid }: SampleMatch): boolean =>
    of === lang && citation?.actId === actId && segments.some((segment) => segment.eid === eid)
  const unseen = hints.filter((hint) => !passages.some((passage) => holds(passage, hint))).slice(0, MOST_HINTED)
  for (const passage of await passagesOf(ctx, unseen, { lang, asOf }))
    if (inside(passage, within) && !passages.some(({ passageId }) => passageId === passage.passageId))
      passages.push({ ...passage, score: least })
  const placeOf = new Map(passages.slice(0, found).map(({ passageId }, place) => [passageId, place]))
  const hintOf = (passage: VisiblePassage): number => matches.nearest.findIndex((hint) => holds(passage, hint))
  const ordered = byBothRankings(passages, found, (passage) => {
    const { citation, lang: of } = passage
    // What nobody can ask sample questions of is not passed over for having none; a text in the other language is what is left to quote.
    if (of === lang && (citation === null || !matches.hasAct(citation.actId))) return null
    return hints.findIndex((hint) => holds(passage, hint))
  })
  const gaps = matches.gaps.filter(({ actId }) => within?.actId === undefined || within.actId === actId)
  const [nearestGap] = gaps
  const [nearestSample] = matches.nearest
  const isNearer =
    nearestGap !== undefined &&
    strengthOf(nearestGap) >= Math.max(LEAST_NAMED, nearestSample === undefined ? 0 : strengthOf(nearestSample))
  // An editor said it of the act as it reads today: of another day the decision judges as always.
  const said = asOf === today(ctx) ? gaps.find((gap) => gap.said !== null) : undefined
  const rules = derivedId('act', ctx.scope.appeal.cites.act)
  const askedOf = (passage: RankedPassage): GatheredPassage['asked'] =>
    passage.segments.flatMap(({ eid, start, end }) => {
      const match = passage.lang === lang ? matches.of(passage.citation?.actId ?? '', eid) : undefined
      return match === undefined
        ? []
        : [
            {
              texts: match.texts,
              recalled: match.recalled,
              likeness: match.likeness,
              kinship: match.kinship,
              start,
              end,
            },
          ]
    })
  const gathered = ordered.map((passage): GatheredPassage => {
    let asked: GatheredPassage['asked'] | null = null
    return {
      ...passage,
      ofRules: passage.citation?.actId === rules,
      places: { search: placeOf.get(passage.passageId) ?? null, samples: nullWithout(hintOf(passage)) },
      // Compared when somebody looks: who chooses extracts does, a model that writes does not.
      get asked() {
        return (asked ??= askedOf(passage))
      },
    }
  })
  const isOfChosen = (actId: string): boolean =>
    within?.articleId === undefined && (within?.actId === undefined || within.actId === actId)
  const gapKinship = Math.max(0, ...gaps.map(({ kinship }) => severally(kinship)))
  const ownKinship = Math.max(gapKinship, ...matches.nearest.map(({ kinship }) => severally(kinship)))
  const isAkin = (kinship: number, { least, behind }: typeof MEANT): boolean =>
    kinship >= least && kinship > ownKinship - behind
  // An editor's word stands; a known gap of the own language is named, not a provision that is farther from the question than that.
  const leastBesideGap = said !== undefined ? Infinity : isNearer ? gapKinship - MEANT.behind : -1
  const meant = matches.elsewhere
    .filter(({ actId, kinship }) => isAkin(kinship, POINTED) && kinship > leastBesideGap && isOfChosen(actId))
    .slice(0, AKIN_READ)
  let akinRead: Promise<AkinPassage[]> | null = null
  const readAkin = async (): Promise<AkinPassage[]> => {
    const akin = meant.flatMap(({ eid, ...one }) => (eid === null ? [] : [{ ...one, eid }]))
    const read = await passagesOf(ctx, akin, { lang: lang === 'ru' ? 'kk' : 'ru', asOf })
    return akin
      .flatMap(({ actId, eid, kinship }) => {
        const passage = read.find(
          ({ citation, segments }) => citation?.actId === actId && segments.some((one) => one.eid === eid),
        )
        return passage === undefined ? [] : [{ passage, actId, eid, kinship }]
      })
      .slice(0, MOST_AKIN)
  }
  const readAkinOnce = () => (akinRead ??= readAkin())
  const firstOwn = ordered.find((passage) => passage.lang === lang && passage.citation !== null)
  const askedBefore = Math.max(0, ...matches.nearest.map(({ likeness }) => likeness[0] ?? 0))
  const mayBeElsewhere =
    askedBefore < ASKED_JUST_SO &&
    meant[0] !== undefined &&
    meant[0].eid !== null &&
    isAkin(meant[0].kinship, MEANT) &&
    // Of an act without sample questions nobody knows how near it is.
    (firstOwn?.citation == null || matches.hasAct(firstOwn.citation.actId))
  const [seen] = mayBeElsewhere ? await readAkinOnce() : []
  const nearestElsewhere =
    seen === undefined || !isAkin(seen.kinship, MEANT)
      ? null
      : { actId: seen.actId, eid: seen.eid, kinship: seen.kinship }
  return {
    passages: gathered,
    gaps: {
      acts: matches.gapActs,
      nearest: gaps.slice(0, MOST_GAPS).map(({ likeness, kinship }) => ({ likeness, kinship })),
    },
    knownGap: said?.gap ?? (isNearer ? nearestGap.gap : null),
    saidUnanswered: said?.said ?? null,
    nearestElsewhere,
    askedBefore,
    degraded,
    withOtherLanguage: async () => {
      const { passages: ofBoth, ...told } = await withOtherLanguage()
      return {
        passages: ofBoth.filter((passage) => inside(passage, within)),
        ...told,
        akin: await readAkinOnce(),
      }
    },
  }
}

const nullWithout = (place: number): number | null => (place < 0 ? null : place)

/** Passages that hold any of some provisions, in their order. */
async function passagesOf(
  ctx: AnswerContext,
  hints: readonly Pick<SampleMatch, 'actId' | 'eid'>[],
  { lang, asOf }: { lang: Lang; asOf: string },
): Promise<VisiblePassage[]> {
  if (hints.length === 0) return []
  const acts = [...new Set(hints.map(({ actId }) => actId))]
  const eids = [...new Set(hints.flatMap(({ eid }) => selfAndAbove(eid)))]
  const found = await readVisiblePassages(
    ctx,
    sql`p.lang = ${lang} and r.act_id = any(${arrayLiteral(acts)}::text[]) and r.eid = any(${arrayLiteral(eids)}::text[])`,
    asOf,
  )
  return hints.flatMap(({ actId, eid }) =>
    found.filter(({ citation, segments }) => citation?.actId === actId && segments.some((one) => one.eid === eid)),
  )
}

/**
 * What a service costs, when it is open, which documents it takes: rows of its list of requirements, which never name the service. They
 * come along where the question asks for such a thing and points of the act were found.
 */
async function rowsOfServices(
  ctx: AnswerContext,
  passages: readonly RankedPassage[],
  { question, lang, asOf }: { question: string; lang: Lang; asOf: string },
): Promise<VisiblePassage[]> {
  const topics = topicsOfQuestion(question, lang, expectedAnswer(question, lang))
  if (topics.length === 0) return []
  const services = passages
    .filter((passage) => passage.lang === lang)
    .slice(0, SERVICES_OF)
    .flatMap(({ citation }) => (citation === null ? [] : [{ actId: citation.actId, annex: annexOf(citation.eid) }]))
  if (services.length === 0) return []
  const rows = await readVisiblePassages(
    ctx,
    sql`r.act_id = any(${arrayLiteral(new Set(services.map(({ actId }) => actId)))}::text[]) and p.lang = ${lang} and r.eid like '%row\\_%'`,
    asOf,
  )
  const placeOf = ({ citation }: VisiblePassage): number =>
    services.findIndex(({ actId, annex }) => actId === citation?.actId && annex === annexOf(citation.eid))
  return rows
    .filter((row) => isRow(row) && placeOf(row) >= 0 && topics.includes(topicOfRow(row.text, lang)))
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .slice(0, MOST_ROWS)
}

/** An order may confirm the rules of several services, each an annex. */
const annexOf = (eid: string): string => /^ann_[\d-]+/u.exec(eid)?.[0] ?? ''

const isRow = ({ citation }: VisiblePassage): boolean => citation !== null && ROW.test(citation.eid)

/** Gathered passages as an answerer sees them. */
export const numberPassages = (passages: readonly GatheredPassage[]): NumberedPassage[] =>
  passages.map((passage, i) => ({
    number: i + 1,
    label: passage.label,
    title: passage.title,
    context: passage.context,
    text: passage.text,
    lang: passage.lang,
    score: passage.score,
    changedSince: passage.sourceChanged?.since ?? null,
    get asked() {
      return passage.asked
    },
    places: passage.places,
    ofRules: passage.ofRules,
    ...(passage.citation === null ? {} : { act: passage.citation.actId }),
    ...(isRow(passage) ? { row: topicOfRow(passage.text, passage.lang) } : {}),
  }))
