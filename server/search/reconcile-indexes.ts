import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql, type SQL } from 'drizzle-orm'
import { everInForce } from '#server/articles/visible-passages.ts'
import { queryRows, type Database } from '#server/db/database.ts'
import type { Lang } from '#server/context.ts'
import { sha256 } from '#server/ids.ts'
import type { Place } from './attributes/passage-directory.ts'
import { readDirectory } from './attributes/read-directory.ts'
import type { Embedder } from './embedder.ts'
import type { LexicalAttributes, LexicalDocument } from './lexical-index.ts'
import { actColumns, actOfRow, placeOfPassage, type ActColumns } from './act-columns.ts'
import type { SearchContext } from './search-context.ts'
import { dropStaleEmbeddings, ensureVectorIndex, missingEmbeddings, storeEmbeddings } from './vector-index.ts'

export interface Reconciliation {
  lexical: { written: number; removed: number; kept: number }
  vectors: { embedded: number; removed: number }
}

/** What tells whose and what a passage is. */
interface PlaceRow extends Record<string, unknown> {
  passage_id: string
  version_id: string
  is_act: boolean
  act_id: string | null
  eid: string | null
  fingerprint: string
}

interface Row extends PlaceRow, ActColumns {
  article_id: string
  lang: Lang
  title: string
  label: string
  context: string
  text: string
  valid_from: string
  valid_to: string | null
}

const documentOf = (row: Row, attributes: LexicalAttributes): LexicalDocument => ({
  passageId: row.passage_id,
  articleId: row.article_id,
  lang: row.lang,
  title: row.title,
  label: row.label,
  context: row.context,
  text: row.text,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  attributes,
  ...actOfRow(row),
  fingerprint: fingerprintOf(row, attributes),
})

/** Over all that a document says but whose it is, in the database: most texts need not leave it. */
const ownFingerprint = sql`encode(sha256(convert_to(jsonb_build_array(p.article_id, p.lang, v.title, p.label, p.context, p.text, v.valid_from, v.valid_to, to_jsonb(place))::text, 'UTF8')), 'hex')`
const placeColumns = sql`p.id as passage_id, p.version_id, a.act_id is not null as is_act, r.act_id, r.eid, ${ownFingerprint} as fingerprint`
const publishedOf = (passages: SQL) =>
  sql`${passages} p join article_version v on v.id = p.version_id join article a on a.id = p.article_id left join provision r on r.id = p.provision_id ${placeOfPassage} where ${everInForce}`

/** An act that comes under a body, a service that gets a standard: then its passages are written again, whose texts are as before. */
const fingerprintOf = ({ fingerprint }: PlaceRow, { kind, agency, service }: LexicalAttributes): string =>
  `${fingerprint}.${kind ?? ''}${agency === undefined && service === undefined ? '' : `.${sha256(JSON.stringify([agency, service])).slice(0, 16)}`}`

/** Reads attributes of passages: by the provision that each cites, else by those that its version was made from. */
type AttributesReader = (row: PlaceRow) => LexicalAttributes

async function attributesReader(db: Database): Promise<AttributesReader> {
  const directory = await readDirectory(db)
  const sources = new Map<string, Place[]>()
  const rows = await queryRows<{ version: string; actId: string; eid: string }>(
    db,
    sql`select x.version_id as version, q.act_id as "actId", q.eid from article_source x join provision q on q.id = x.provision_id
        where exists (select 1 from passage p where p.version_id = x.version_id and p.provision_id is null)`,
  )
  for (const { version, actId, eid } of rows) sources.set(version, [...(sources.get(version) ?? []), { actId, eid }])
  return ({ is_act: isAct, act_id: actId, eid, version_id: version }) =>
    directory.attributesOf(isAct, actId !== null && eid !== null ? [{ actId, eid }] : (sources.get(version) ?? []))
}

const BATCH = 256
/** Fingerprints read in one go: some tens of milliseconds of the embedded database. */
const PAGE = 1000
/** More new passages than this, and more than half of all: the index is made anew beside itself, so that nobody searches a half of it. */
const MANY = 100

/**
 * Embeds what is published and has no vector of this embedder, and only that: vectors belong to texts, so a passage whose text did
 * not change is never embedded again.
 * @returns texts embedded, and vectors removed that no published text has any more
 */
export async function fillVectors(
  db: Database,
  embedder: Embedder,
  progress: (done: number, total: number) => void = () => {},
): Promise<{ embedded: number; removed: number }> {
  const missing = await missingEmbeddings(db, embedder)
  for (let i = 0; i < missing.length; i += BATCH) {
    const batch = missing.slice(i, i + BATCH)
    const vectors = await embedder.embedPassages(batch.map((row) => row.text))
    await storeEmbeddings(
      db,
      embedder,
      batch.flatMap((row, n) => {
        const embedding = vectors[n]
        if (embedding === undefined || embedding.length !== embedder.dimensions)
          throw new Error(
            `embedder ${embedder.name} gave a vector of ${embedding?.length ?? 0} dimensions, not ${embedder.dimensions}`,
          )
        return [{ lang: row.lang, textHash: row.textHash, embedding }]
      }),
    )
    progress(Math.min(i + BATCH, missing.length), missing.length)
    await nextTurn()
  }
  // After the filling: a graph is built faster over vectors that are there than by adding them one at a time.
  await ensureVectorIndex(db, embedder)
  return { embedded: missing.length, removed: await dropStaleEmbeddings(db, embedder) }
}

/**
 * Fingerprints by passage of all that the lexical index has to hold: passages that are or will be in force on some day. Page by page: the embedded
 * database answers one query at a time, and who searches meanwhile waits for a page, not for all. What is published behind the page that is read is
 * left to the next run, which publishing asks for.
 */
async function publishedFingerprints(db: Database, attributesOf: AttributesReader): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let last = ''
  let isWhole = false
  while (!isWhole) {
    // Cut before it is joined, by a number that the planner knows: a join that is ordered and cut may be made whole for each page.
    const page = sql`(select * from passage where id > ${last} order by id limit ${sql.raw(String(PAGE))})`
    const rows = await queryRows<PlaceRow>(db, sql`select ${placeColumns} from ${publishedOf(page)}`)
    for (const row of rows) found.set(row.passage_id, fingerprintOf(row, attributesOf(row)))
    const [read] = await queryRows<{ last: string | null; count: number }>(
      db,
      sql`select max(p.id) as last, count(*)::int as count from ${page} p`,
    )
    isWhole = (read?.count ?? 0) < PAGE
    last = read?.last ?? last
    await nextTurn()
  }
  return found
}

/** What the lexical index has to hold. */
export const publishedDocuments = async (db: Database): Promise<LexicalDocument[]> =>
  readDocuments(db, await attributesReader(db))

/** @param ids only of these, those of them that are published; without it, all */
async function readDocuments(
  db: Database,
  attributesOf: AttributesReader,
  ids?: readonly string[],
): Promise<LexicalDocument[]> {
  const rows = await queryRows<Row>(
    db,
    sql`select ${actColumns}, ${placeColumns}, p.article_id, p.lang, v.title, p.label, p.context, p.text, v.valid_from::text, v.valid_to::text
        from ${publishedOf(sql`passage`)} ${ids === undefined ? sql`` : sql`and p.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`}`,
  )
  return rows.map((row) => documentOf(row, attributesOf(row)))
}

/**
 * Makes the lexical index hold what is published and nothing else. Where nothing has changed, only ids and fingerprints are read.
 * @param rebuild make it anew, whatever it holds
 */
export async function fillLexical(
  ctx: Pick<SearchContext, 'db' | 'lexicalIndex'>,
  rebuild: boolean,
): Promise<Reconciliation['lexical']> {
  // What is held before what is published: a change between the two is then written twice, and never undone.
  const held = await ctx.lexicalIndex.state()
  const attributesOf = await attributesReader(ctx.db)
  const wanted = await publishedFingerprints(ctx.db, attributesOf)
  const changed = [...wanted].filter(([id, own]) => held.get(id) !== own).map(([id]) => id)
  const remove = [...held.keys()].filter((id) => !wanted.has(id))
  if (rebuild || (changed.length > MANY && changed.length * 2 > wanted.size)) {
    const documents = await readDocuments(ctx.db, attributesOf)
    await ctx.lexicalIndex.rebuild(documents)
    return { written: documents.length, removed: remove.length, kept: 0 }
  }
  // What was withdrawn since is left to the next run, which takes it out.
  const upsert = changed.length === 0 ? [] : await readDocuments(ctx.db, attributesOf, changed)
  if (upsert.length > 0 || remove.length > 0) await ctx.lexicalIndex.apply({ upsert, remove })
  return { written: upsert.length, removed: remove.length, kept: wanted.size - changed.length }
}

/**
 * Makes both indexes hold exactly what is published: compares state and writes the difference. It is no queue, so an
 * index that was emptied or missed a change heals by itself, and a second run writes nothing. One half that fails does not keep the
 * other from its work.
 * @param progress called with passages embedded so far and in all
 * @param options.rebuild make the lexical index anew, whatever it holds
 * @throws what the half that failed threw, when both have ended; AggregateError when both failed
 */
export async function reconcileIndexes(
  ctx: SearchContext,
  progress: (done: number, total: number) => void = () => {},
  options: { rebuild?: boolean } = {},
): Promise<Reconciliation> {
  const failures: unknown[] = []
  const attempt = async <Done>(half: () => Promise<Done>): Promise<Done | null> => {
    try {
      return await half()
    } catch (error) {
      failures.push(error)
      return null
    }
  }
  const lexical = await attempt(() => fillLexical(ctx, options.rebuild === true))
  const vectors = await attempt(() => fillVectors(ctx.db, ctx.embedder, progress))
  if (lexical !== null && vectors !== null) return { lexical, vectors }
  if (failures.length === 1) throw failures[0]
  throw new AggregateError(
    failures,
    failures.map((failure) => (failure instanceof Error ? failure.message : String(failure))).join('; '),
  )
}
