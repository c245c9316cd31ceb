import type { z } from '@hono/zod-openapi'
import { PASSPORT_FIELDS, type PassportRow, type ServicePassport } from '#ingest/passports/passport.ts'
import { amendedByLine } from './act-identity.ts'
import type { PassportRowSchema, PassportSchema, PassportTextSchema } from './passport-schema.ts'
import type { ProvisionRow } from './queries.ts'
import type { PassportView } from './read-passports.ts'

type Text = z.infer<typeof PassportTextSchema>

function presentRow(row: PassportRow, wording: ProvisionRow): z.infer<typeof PassportRowSchema> {
  return {
    provisionId: wording.id,
    eid: row.eid,
    label: row.label,
    num: row.num,
    heading: row.heading,
    text: row.text,
    status: row.status,
    groups: row.groups,
    edition: {
      date: wording.wordingDate,
      amendedBy: wording.changedBy === null ? null : amendedByLine(wording.changedBy, wording.lang),
    },
    validFrom: wording.validFrom,
    validFromKnown: wording.validFromKnown,
  }
}

function presentText(text: ServicePassport | null, wordings: ReadonlyMap<string, ProvisionRow>): Text | null {
  if (text === null) return null
  const present = (rows: readonly PassportRow[]) =>
    rows.flatMap((row) => {
      const wording = wordings.get(row.eid)
      return wording === undefined ? [] : [presentRow(row, wording)]
    })
  const fields: Text['fields'] = {
    provider: [],
    channels: [],
    term: [],
    form: [],
    result: [],
    fee: [],
    hours: [],
    documents: [],
    refusal: [],
    other: [],
  }
  for (const field of PASSPORT_FIELDS) fields[field] = present(text.fields[field])
  return {
    label: text.label,
    name: text.name,
    caption: text.caption,
    subservices: text.subservices,
    fields,
    terms: text.terms,
    fee: text.fee,
    forms: text.forms,
    hours: text.hours,
    counts: text.counts,
    messages: text.messages,
  }
}

/** A passport on the wire, both texts side by side. */
export const presentPassport = (view: PassportView): z.infer<typeof PassportSchema> => ({
  actId: view.actId,
  eid: view.eid,
  ru: presentText(view.texts.ru, view.wordings.ru),
  kk: presentText(view.texts.kk, view.wordings.kk),
  fields: view.fields.map(({ field, differences, readDifferently }) => ({
    field,
    differences: differences.map(({ id, kind, ru, kk }) => ({
      differenceId: id,
      kind,
      ru: { label: ru.label, said: ru.said.map(({ text }) => text) },
      kk: { label: kk.label, said: kk.said.map(({ text }) => text) },
    })),
    readDifferently,
  })),
})
