import type { Amendment, Requisites } from './act.ts'
import { publishedDay, type PublishedOn } from './derive-wordings.ts'
import { earliestInForce } from './edition-of.ts'

/** An act whose day of official publication decides when something enters into force. */
export interface AskedPublicationDay {
  kind: string
  date: string
  number: string
  /** Null: nobody has supplied it. */
  publishedOn: string | null
  /** First day in force: by the day of publication, or the earliest possible one. */
  inForceFrom: string
  /** How many notes rest on it; 0: the act's own text. */
  notes: number
}

/** What texts of an act say of when it and its changes enter into force. */
export interface DatedTexts {
  requisites: Requisites
  amendments: readonly Pick<Amendment, 'by' | 'inForce'>[]
}

/**
 * The acts that enter into force some days after their publication: a day that no text gives, so it is asked for and not guessed. The
 * act itself first, then those that amend it, oldest first. Pure.
 */
export function askedPublicationDays(texts: readonly DatedTexts[], publishedOn: PublishedOn): AskedPublicationDay[] {
  const asked = new Map<string, AskedPublicationDay>()
  for (const { requisites, amendments } of texts) {
    const told = [
      { by: requisites, inForce: requisites.inForce, notes: 0 },
      ...amendments.map(({ by, inForce }) => ({ by, inForce, notes: 1 })),
    ]
    for (const { by, inForce, notes } of told) {
      if (inForce.rule !== 'after-publication') continue
      const key = `${by.date} ${by.number}`
      const held = asked.get(key)
      if (held !== undefined) {
        held.notes += notes
        continue
      }
      const day = publishedDay(publishedOn, by)
      asked.set(key, {
        kind: by.kind,
        date: by.date,
        number: by.number,
        publishedOn: day,
        inForceFrom: earliestInForce(inForce, by.date, day).date,
        notes,
      })
    }
  }
  return [...asked.values()].sort((a, b) => a.date.localeCompare(b.date))
}
