import { sql, type SQL } from 'drizzle-orm'
import type { AttributeFilter } from '../lexical-index.ts'
import type { PassageDirectory, Scope } from './passage-directory.ts'

/** Provisions that a passage is of: the one it cites, else those that its version was made from. */
const sources = sql`array(select x.provision_id from article_source x where x.version_id = p.version_id)`
const places = sql`case when p.provision_id is null then ${sources} else array[p.provision_id] end`

const isWithin = (scopes: readonly Scope[]): SQL => sql`exists (
  select 1 from provision q, jsonb_to_recordset(${JSON.stringify(scopes)}::jsonb) s("actId" text, prefix text, without jsonb)
  where q.id = any(${places}) and q.act_id = s."actId" and starts_with(q.eid, s.prefix)
    and not exists (select 1 from jsonb_array_elements_text(s.without) w where starts_with(q.eid, w)))`

const ofAct = sql`exists (select 1 from article a where a.id = p.article_id and a.act_id is not null)`

/**
 * The filters of `LexicalQuery` as a condition over `p` (passage), for what is searched in the database: the same places as
 * `attributesOf` of the directory tells. Empty where nothing is filtered by.
 */
export function attributeCondition(directory: PassageDirectory, { kind, agency, service }: AttributeFilter): SQL {
  const isStandard = isWithin(directory.standards)
  const conditions: SQL[] = []
  if (kind === 'article') conditions.push(sql`not ${ofAct}`)
  else if (kind === 'passport') conditions.push(sql`${ofAct} and ${isStandard}`)
  else if (kind === 'act') conditions.push(sql`${ofAct} and not ${isStandard}`)
  else if (kind !== undefined) conditions.push(sql`false`)
  if (agency !== undefined) conditions.push(isWithin(agency.flatMap((id) => directory.scopesOfAgency.get(id) ?? [])))
  if (service !== undefined)
    conditions.push(isWithin(service.flatMap((id) => directory.services.get(id)?.scopes ?? [])))
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`
}

/** `LexicalQuery.except` as a condition over `p` (passage); empty where nothing is passed over. */
export const exceptCondition = (except: ReadonlySet<string> | undefined): SQL =>
  except === undefined || except.size === 0
    ? sql``
    : sql`and p.id <> all(array(select jsonb_array_elements_text(${JSON.stringify([...except])}::jsonb)))`
