import { sql, type SQL } from 'drizzle-orm'
import { inForceOn } from '#server/articles/visible-passages.ts'
import { attributeCondition, exceptCondition } from './attributes/attribute-condition.ts'
import { recentDirectory } from './attributes/read-directory.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import { actColumns, actOfRow, placeOfPassage, type ActColumns } from './act-columns.ts'
import { createAnalyser } from './analysis/analyser.ts'
import { NO_LANGUAGE_DATA } from './analysis/language-data.ts'
import type { PlaceStep } from './analysis/law-references.ts'
import { createPlaceRanker, readLookUp, type LookUp, type Placed } from './look-up.ts'
import { phrasePattern } from './phrase-pattern.ts'
import { namesInQuotes, quotedPhrases, type QuotedPhrase } from './quoted-phrases.ts'
import type { LexicalFilter, LexicalHit, LexicalIndex, LexicalQuery, LexicalResult } from './lexical-index.ts'

/** Matches that are ranked at most, the shortest: ranking reads the text of each, and of those that hold the words they say most about them. */
const RANKED = 400
/** Fewer passages with all the words than this, and those with any of them are taken too. */
const FEW = 5

/** Passages that a look-up ranks at most. */
const LOOKED_UP = 2000
/** Above all that words give here. */
const NAMED = 10

/** How labels name a unit, before the number in Russian and after it in Kazakh (`ingest/acts/labels.ts`). */
const IN_LABELS: Readonly<Record<PlaceStep['unit'], readonly [string, string]>> = {
  a: ['прил\\.', '-қосымша'],
  rz: ['разд\\.', '-бөлім'],
  g: ['гл\\.', '-тарау'],
  pr: ['пар\\.', '-параграф'],
  st: ['ст\\.', '-ба[пб]'],
  p: ['п\\.', '-тарма[қғ]'],
  ch: ['ч\\.', '-бөлі[кг]'],
  s: ['пп\\.', '\\) тармақша'],
  bz: ['абз\\.', '-абзац'],
  r: ['стр\\.', '-жол'],
}
/** Labels and elements that have a step: a pattern of PostgreSQL. */
const stepPatterns = ({ unit, num }: PlaceStep): string[] => {
  const [before, after] = IN_LABELS[unit]
  return [`(^|[ (,])${before} ${num}($|[ ,)])`, `(^|[ (,])${num}${after}`]
}

const vectorOf = {
  ru: sql.raw(`to_tsvector('russian', p.label || ' ' || p.text)`),
  kk: sql.raw(`to_tsvector('simple', p.label || ' ' || p.text)`),
}

/** Makes the indexes of the database's full-text search, if they are not there. PostgreSQL knows no Kazakh: whole words only. */
export async function ensureDatabaseIndex(db: Database): Promise<void> {
  for (const [lang, configuration] of [
    ['ru', 'russian'],
    ['kk', 'simple'],
  ] as const)
    await db.execute(
      sql.raw(
        `create index if not exists passage_fts_${lang} on passage using gin (to_tsvector('${configuration}', label || ' ' || text)) where lang = '${lang}'`,
      ),
    )
}

/** What a filter asks for besides language and day. */
const conditionOf = async (db: Database, { attributes, except }: LexicalFilter): Promise<SQL> =>
  sql`${attributes === undefined ? sql`` : attributeCondition(await recentDirectory(db), attributes)} ${exceptCondition(except)}`

/**
 * Full-text search of the database itself: what answers while the chosen engine is away. It corrects nothing, completes
 * nothing and knows no synonyms; it needs no index but the database's own, so it is never behind.
 */
export const createDatabaseIndex = (db: Database): Pick<LexicalIndex, 'name' | 'search'> => {
  const find = async (
    query: LexicalQuery,
    any: boolean,
    phrases: readonly QuotedPhrase[] = [],
  ): Promise<{ hits: (LexicalHit & { text: string })[]; total: number }> => {
    const words = (configuration: string): SQL => {
      // In a row, by their stems; whether it is word for word is looked at here. An open phrase has a word that may not be whole yet.
      if (phrases.length > 0)
        return sql.join(
          phrases.map(({ text, isOpen }) => {
            const said = isOpen ? text.replace(/\S+$/u, '') : text
            return sql`phraseto_tsquery(${sql.raw(`'${configuration}'`)}, ${said})`
          }),
          sql` && `,
        )
      const all = sql`plainto_tsquery(${sql.raw(`'${configuration}'`)}, ${query.text})`
      return any ? sql`replace(${all}::text, ' & ', ' | ')::tsquery` : all
    }
    const langs = query.lang === undefined ? (['ru', 'kk'] as const) : [query.lang]
    const narrowed = await conditionOf(db, query)
    const parts = langs.map((lang) => {
      const wanted = words(lang === 'ru' ? 'russian' : 'simple')
      return sql`(select p.id, ts_rank_cd(${vectorOf[lang]}, ${wanted}, 1)::float8 as score, p.among, p.text
                  from (select p.id, p.label, p.text, count(*) over () as among
                        from passage p join article_version v on v.id = p.version_id
                        where p.lang = ${sql.raw(`'${lang}'`)} and ${vectorOf[lang]} @@ ${wanted} and ${inForceOn(query.asOf)} ${narrowed}
                        order by length(p.text), p.id limit ${RANKED}) p)`
    })
    // Of each language all that matched; the rows of a language all say the same number.
    const rows = await queryRows<{ passageId: string; score: number; text: string; total: number }>(
      db,
      sql`with found as (${sql.join(
        parts.map((part, at) => sql`select id, score, among, text, ${at}::int as part from ${part} ranked`),
        sql` union all `,
      )})
          select id as "passageId", score, text,
                 (select sum(among) from (select distinct part, among from found) each)::int as total
          from found order by score desc, id limit ${phrases.length > 0 ? RANKED : query.limit}`,
    )
    return { hits: rows.map(({ passageId, score, text }) => ({ passageId, score, text })), total: rows[0]?.total ?? 0 }
  }
  const analyser = createAnalyser(NO_LANGUAGE_DATA)
  const placeRanker = createPlaceRanker(analyser)
  type PlacedRow = ActColumns &
    Pick<Placed, 'label' | 'lang' | 'title'> &
    Record<string, unknown> & { passageId: string }
  /** Passages that the query names, best first: the same look-up as that of the engines. */
  const findLookedUp = async (query: LexicalQuery, lookUp: LookUp): Promise<LexicalHit[]> => {
    const patterns = lookUp.places.flatMap(({ steps }) => steps.flatMap(stepPatterns))
    const chapters = lookUp.places.flatMap(({ steps }) =>
      steps.flatMap(({ unit, num }) => (unit === 'g' ? [`chp_${num}`] : unit === 'rz' ? [`sec_${num}`] : [])),
    )
    const acts = await queryRows<{ id: string } & ActColumns & Record<string, unknown>>(
      db,
      sql`select id, null as eid, kind as act_kind, number as act_number, registration_number as act_registration, code as act_code,
                 signed_on::text as act_signed_on, '' as act_title, null as changed_by from act`,
    )
    const ofActs = placeRanker({ ...lookUp, places: [] })
    const named = acts.flatMap((row) =>
      ofActs.rank({ label: '', lang: 'ru', title: '', ...actOfRow(row) }) > 0 ? [row.id] : [],
    )
    const narrowed = await conditionOf(db, query)
    const anyOf = (values: readonly string[]): SQL =>
      sql`any(array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)))`
    const inChapter =
      chapters.length === 0
        ? sql``
        : sql`or exists (select 1 from provision r where r.id = p.provision_id
                         and string_to_array(r.eid, '__') && array(select jsonb_array_elements_text(${JSON.stringify(chapters)}::jsonb)))`
    const isChanged =
      lookUp.acts.length === 0
        ? sql``
        : sql`or exists (select 1 from provision r where r.id = p.provision_id
                         and substring(r.changed_by ->> 'number' from '[0-9]+') = ${anyOf(lookUp.acts.flatMap((key) => key.match(/\d+/gu)?.slice(0, 1) ?? []))})`
    const rows = await queryRows<PlacedRow>(
      db,
      sql`select p.id as "passageId", p.label, p.lang, v.title, ${actColumns}
          from passage p join article_version v on v.id = p.version_id join article a on a.id = p.article_id ${placeOfPassage}
          where ${inForceOn(query.asOf)}
            ${query.lang === undefined ? sql`` : sql`and p.lang = ${query.lang}`}
            ${narrowed}
            and (p.label ~ ${anyOf(patterns)} or a.act_id = ${anyOf(named)} ${inChapter} ${isChanged})
          order by length(p.label), p.id limit ${LOOKED_UP}`,
    )
    const ranker = placeRanker(lookUp)
    return rows
      .flatMap((row) => {
        const score = ranker.rank({ ...row, ...actOfRow(row) })
        return score > 0 ? [{ passageId: row.passageId, lang: row.lang, score: score + NAMED }] : []
      })
      .sort((left, right) => right.score - left.score)
  }
  const findWords = async (query: LexicalQuery): Promise<LexicalResult> => {
    const phrases = quotedPhrases(query.text)
    const nothing = {
      correctedTo: null,
      correctionKind: null,
      ...(phrases.length === 0 || namesInQuotes(query.text)
        ? {}
        : { phrases: { asked: phrases.map(({ text }) => text), held: false, only: false } }),
    }
    const bare = ({ passageId, score }: LexicalHit): LexicalHit => ({ passageId, score })
    if (phrases.length > 0 && !namesInQuotes(query.text)) {
      const patterns = phrases.map(phrasePattern)
      const found = (await find(query, false, phrases)).hits.filter(({ text }) =>
        patterns.every((pattern) => pattern.test(text)),
      )
      if (found.length > 0)
        return {
          ...nothing,
          hits: found.slice(0, query.limit).map(bare),
          total: found.length,
          phrases: { asked: phrases.map(({ text }) => text), held: true, only: true },
        }
    }
    const exact = await find(query, false)
    // What holds all the words stands first, whatever the ranks of the two queries.
    const hits = exact.hits.map(({ passageId, score }): LexicalHit => ({ passageId, score: score + 1 }))
    if (exact.total >= FEW) return { hits, total: exact.total, ...nothing }
    const found = new Set(hits.map(({ passageId }) => passageId))
    const wide = await find(query, true)
    hits.push(...wide.hits.filter(({ passageId }) => !found.has(passageId)).map(bare))
    return { hits: hits.slice(0, query.limit), total: wide.total, ...nothing }
  }
  return {
    name: 'database',
    async search(query) {
      const readings = (['ru', 'kk'] as const).map((lang) => analyser.analyse(query.text, lang))
      const lookUp = readLookUp(query.text, readings, null)
      const words = await findWords(query)
      if (lookUp === null || words.phrases?.only === true) return words
      const named = await findLookedUp(query, lookUp)
      const found = new Set(named.map(({ passageId }) => passageId))
      const rest = words.hits.filter(({ passageId }) => !found.has(passageId))
      return {
        ...words,
        hits: [...named, ...rest].slice(0, query.limit),
        total: Math.max(words.total, named.length + rest.length),
      }
    },
  }
}
