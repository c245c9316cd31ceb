import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { PASSPORT_FIELDS, type PassportField, type ServicePassport } from '#ingest/passports/passport.ts'
import { passportsOf } from '#ingest/passports/passports-of.ts'
import type { Context, Lang } from '#server/context.ts'
import { provision } from '#server/db/schema/acts.ts'
import { languageDifferencesOf, type ProvisionRow } from './queries.ts'

type DifferenceRow = Awaited<ReturnType<typeof languageDifferencesOf>>[number]

/** A passport by both texts of the act, with the wordings that it rests on. */
export interface PassportView {
  actId: string
  eid: string
  texts: Record<Lang, ServicePassport | null>
  /** Wordings of its rows, by language and element. */
  wordings: Record<Lang, ReadonlyMap<string, ProvisionRow>>
  fields: { field: PassportField; differences: DifferenceRow[]; readDifferently: boolean }[]
}

const wordingsOf = (ctx: Context, actId: string, asOf: string): Promise<ProvisionRow[]> =>
  ctx.db
    .select()
    .from(provision)
    .where(
      and(
        eq(provision.actId, actId),
        inArray(provision.kind, ['table', 'row']),
        lte(provision.validFrom, asOf),
        or(isNull(provision.validTo), gt(provision.validTo, asOf)),
      ),
    )
    .orderBy(asc(provision.ord))

/** What was read of a field, in a form without language; null where nothing is read of such a field. */
function readingOf(text: ServicePassport, field: PassportField): string | null {
  switch (field) {
    case 'term':
      return text.terms
        .map(({ of, value, unit }) => `${of} ${value} ${unit}`)
        .sort()
        .join(', ')
    case 'fee':
      return `${text.fee.kind} ${text.fee.amounts
        .map(({ value, unit }) => `${value} ${unit}`)
        .sort()
        .join(', ')}`
    case 'form':
      return text.forms.join(', ')
    case 'documents':
    case 'refusal':
      return String(text.counts[field])
    case 'provider':
    case 'channels':
    case 'result':
    case 'hours':
    case 'other':
      return null
  }
}

/**
 * Passports of the services whose standards are in an act, made of the wordings in force on a day; nothing of them is stored, so
 * they cannot lag behind the act. Texts of the two languages are put side by side by the id of the table.
 * @returns in the order of the act; an empty list for an act without standards
 * @throws DomainError `not-found`
 */
export async function readPassports(ctx: Context, input: { actId: string; asOf: string }): Promise<PassportView[]> {
  const differences = (await languageDifferencesOf(ctx, input)).filter(
    ({ isMaterial, decision }) => isMaterial && decision === 'open',
  )
  const rows = await wordingsOf(ctx, input.actId, input.asOf)
  const wordings = {
    ru: new Map(rows.filter(({ lang }) => lang === 'ru').map((row) => [row.eid, row])),
    kk: new Map(rows.filter(({ lang }) => lang === 'kk').map((row) => [row.eid, row])),
  }
  const found = {
    ru: passportsOf([...wordings.ru.values()], 'ru'),
    kk: passportsOf([...wordings.kk.values()], 'kk'),
  }
  const eids = [...new Set([...found.ru, ...found.kk].map(({ eid }) => eid))]
  return eids.map((eid) => {
    const texts = {
      ru: found.ru.find((one) => one.eid === eid) ?? null,
      kk: found.kk.find((one) => one.eid === eid) ?? null,
    }
    const { ru, kk } = texts
    const fields = PASSPORT_FIELDS.map((field) => {
      const own = (text: ServicePassport | null) => new Set(text?.fields[field].map((row) => row.eid))
      const [left, right] = [own(ru), own(kk)]
      return {
        field,
        differences: differences.filter((one) => left.has(one.ru.eid ?? '') || right.has(one.kk.eid ?? '')),
        readDifferently: ru !== null && kk !== null && readingOf(ru, field) !== readingOf(kk, field),
      }
    })
    return { actId: input.actId, eid, texts, wordings, fields }
  })
}
