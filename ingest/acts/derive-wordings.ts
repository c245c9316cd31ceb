import type { Amendment, Definition, ParsedAct, Provision, Reference } from './act.ts'
import { earliestInForce } from './edition-of.ts'
import { parseLawReference } from './resolve-citation.ts'

/** A text of an act that is held. Of two with the same date the one imported later is the better one. */
export interface HeldEdition {
  id: string
  parsed: ParsedAct
  /** ISO instant. */
  importedAt: string
}

/** One wording of one provision with the days on which it is in force: [validFrom, validTo). */
export interface Wording {
  provision: Provision
  editionId: string
  /** The change that gave this wording; null for the text as first adopted. */
  change: Amendment | null
  /** Date of the changing act, or of the act itself. */
  wordingDate: string
  validFrom: string
  /** False: the earliest possible day; the day of official publication is not known. */
  validFromKnown: boolean
  validTo: string | null
  /** What ended it; `known` is false where its day is the earliest possible one. Null: it has no end, or no note tells why. */
  endedBy: { change: Amendment; known: boolean } | null
  /** Place in the order of the act over all its editions. */
  ord: number
  references: Reference[]
  definition: Definition | null
}

/**
 * Days of official publication, where somebody has supplied them: by date and number of the act («2022-10-04 368/НҚ»), which wins,
 * or by its number alone («368/НҚ»), as files of `content/sources` give them.
 */
export type PublishedOn = Readonly<Record<string, string>>

/** The day of publication of an act; null: nobody has supplied it. Pure. */
export const publishedDay = (publishedOn: PublishedOn, { date, number }: { date: string; number: string }) =>
  publishedOn[`${date} ${number}`] ?? publishedOn[number] ?? null

const inOwnLanguage =
  (parsed: ParsedAct) =>
  (amendment: Amendment): boolean =>
    amendment.onlyLang === null || amendment.onlyLang === parsed.lang

/** Date of an edition: its publisher's, else of the latest change that the text shows, else the act's own. */
export const editionDate = (parsed: ParsedAct): string =>
  parsed.versionDate ??
  parsed.amendments
    .filter(inOwnLanguage(parsed))
    .reduce((latest, { by }) => (by.date > latest ? by.date : latest), parsed.requisites.date)

/** An element, what it stands in, and the document that holds it all: ids say so themselves. */
const lineage = (eid: string): string[] => {
  const steps = eid.split('__')
  const point = eid.startsWith('ord__') ? undefined : steps.find((step) => step.startsWith('para_'))
  return [
    ...steps.map((_, i) => steps.slice(0, i + 1).join('__')),
    eid.startsWith('ord__') ? 'order' : 'rules',
    ...(point === undefined ? [] : [`gone ${point}`]),
  ]
}

/** A note about a point that the text no longer has names it by number alone. */
const targetsOf = ({ target, targetEids }: Amendment, lang: ParsedAct['lang']): string[] => {
  if (targetEids.length > 0) return targetEids
  const named = parseLawReference(target, lang)
  return named?.point === undefined || named.subpoint !== undefined
    ? []
    : [`gone para_${named.point.replaceAll('-', '_')}`]
}

/** Equal for equal wordings, whatever scan they come from. */
const content = (p: Provision): string =>
  JSON.stringify([p.kind, p.num, p.label, p.heading, p.text, p.status, p.form, p.table?.rows.map((row) => row.cells)])

/** What a wording says besides its words; both come of one parser, so keys stand in one order. */
const restOf = ({ change, references, definition }: Wording): string =>
  JSON.stringify([change?.change, change?.by, references, definition])

/**
 * Whether a newer text repeats a wording letter by letter, from the same day by the same change. It stays the older text's then, with
 * its place there, so that a new edition touches only what it changed.
 */
const isRepeated = (older: Wording, newer: Wording): boolean =>
  older.validFrom === newer.validFrom &&
  older.validFromKnown === newer.validFromKnown &&
  older.provision.raw === newer.provision.raw &&
  older.provision.parentEid === newer.provision.parentEid &&
  content(older.provision) === content(newer.provision) &&
  restOf(older) === restOf(newer)

/** The editions that count, oldest first: of one date only the one imported last. */
export function currentEditions(editions: readonly HeldEdition[]): HeldEdition[] {
  const byDate = new Map<string, HeldEdition>()
  for (const edition of [...editions].sort((a, b) => a.importedAt.localeCompare(b.importedAt)))
    byDate.set(editionDate(edition.parsed), edition)
  return [...byDate].sort(([a], [b]) => a.localeCompare(b)).map(([, edition]) => edition)
}

/** Changes by the element they touch. */
function changesByTarget(parsed: ParsedAct): Map<string, Amendment[]> {
  const changes = new Map<string, Amendment[]>()
  for (const amendment of parsed.amendments.filter(inOwnLanguage(parsed)))
    for (const target of targetsOf(amendment, parsed.lang))
      changes.set(target, [...(changes.get(target) ?? []), amendment])
  return changes
}

const touching = (changes: ReadonlyMap<string, Amendment[]>, eid: string): Amendment[] =>
  lineage(eid).flatMap((step) => changes.get(step) ?? [])

/** Of two changes of one day the one printed later is the later one. */
const latest = (changes: readonly Amendment[]): Amendment | null =>
  changes.reduce<Amendment | null>((last, one) => (last === null || one.by.date >= last.by.date ? one : last), null)

/** One order for the elements of all editions: the newest text's, older elements after what they stood behind. */
function mergedOrder(editions: readonly HeldEdition[]): Map<string, number> {
  const order: string[] = []
  const placed = new Set<string>()
  for (const { parsed } of [...editions].reverse()) {
    let before: string | null = null
    for (const { eid } of parsed.provisions) {
      if (!placed.has(eid)) {
        if (before === null || order.at(-1) === before) order.push(eid)
        else order.splice(order.indexOf(before) + 1, 0, eid)
        placed.add(eid)
      }
      before = eid
    }
  }
  return new Map(order.map((eid, ord) => [eid, ord]))
}

/**
 * What the held texts of an act in one language say together: every wording of every provision with its days in force.
 * A pure function of the set of editions, so neither the order of their import nor a repeated import matters.
 *
 * A wording ends where the next one begins, and where a note says that the provision was changed or repealed, even if the
 * text of that change is not held: then there is a gap, since nobody here knows what was in force in it.
 */
export function deriveWordings(editions: readonly HeldEdition[], publishedOn: PublishedOn = {}): Wording[] {
  const current = currentEditions(editions)
  const order = mergedOrder(current)
  const notes = current.map(({ parsed }) => changesByTarget(parsed))
  const since = (change: Amendment) =>
    earliestInForce(change.inForce, change.by.date, publishedDay(publishedOn, change.by))

  const byEid = new Map<string, Map<string, Wording>>()
  for (const [i, { id, parsed }] of current.entries()) {
    const original = earliestInForce(
      parsed.requisites.inForce,
      parsed.requisites.date,
      publishedDay(publishedOn, parsed.requisites),
    )
    const references = new Map<string, Reference[]>()
    for (const one of parsed.references) references.set(one.fromEid, [...(references.get(one.fromEid) ?? []), one])
    const definitions = new Map(parsed.definitions.map((one) => [one.eid, one]))
    for (const provision of parsed.provisions) {
      const { eid } = provision
      const change = latest(touching(notes[i] ?? new Map(), eid))
      const start = change === null ? original : since(change)
      const wording: Wording = {
        provision,
        editionId: id,
        change,
        wordingDate: change?.by.date ?? parsed.requisites.date,
        validFrom: start.date,
        validFromKnown: start.known,
        validTo: null,
        endedBy: null,
        ord: order.get(eid) ?? 0,
        references: references.get(eid) ?? [],
        definition: definitions.get(eid) ?? null,
      }
      const wordings = byEid.get(eid) ?? new Map<string, Wording>()
      // The same wording in a newer text: what differs is a mend of the scan.
      const older = wordings.get(wording.wordingDate)
      if (older === undefined || !isRepeated(older, wording)) wordings.set(wording.wordingDate, wording)
      byEid.set(eid, wordings)
    }
  }
  return [...byEid.values()]
    .flatMap((wordings) => withEnds([...wordings.values()], notes, since))
    .sort((a, b) => a.ord - b.ord)
}

function withEnds(
  wordings: readonly Wording[],
  notes: readonly ReadonlyMap<string, Amendment[]>[],
  since: (change: Amendment) => { date: string; known: boolean },
): Wording[] {
  const ordered = [...wordings].sort(
    (a, b) => a.validFrom.localeCompare(b.validFrom) || a.wordingDate.localeCompare(b.wordingDate),
  )
  const distinct: Wording[] = []
  for (const wording of ordered) {
    const last = distinct.at(-1)
    // «Пункт 3 с изменениями» dates all of the point; a sub-point that reads as before was not changed.
    const untouched =
      last !== undefined &&
      wording.change?.change === 'changed' &&
      !wording.change.targetEids.includes(wording.provision.eid) &&
      content(last.provision) === content(wording.provision)
    if (!untouched) distinct.push(wording)
  }
  // Of two wordings that begin on one day only the later one was ever in force.
  const lasting = distinct.filter((wording, i) => distinct[i + 1]?.validFrom !== wording.validFrom)
  return lasting.map((wording, i) => {
    const { eid } = wording.provision
    const following = lasting
      .slice(i + 1)
      .map((next) => ({ date: next.validFrom, change: next.change, known: next.validFromKnown }))
    const known = new Set(lasting.map((one) => one.wordingDate))
    const unheld = notes
      .flatMap((changes) => touching(changes, eid))
      .filter((change) => change.change !== 'added' && change.by.date > wording.wordingDate)
      // A change that left this element as it was is not its end.
      .filter((change) => known.has(change.by.date) || change.change !== 'changed' || change.targetEids.includes(eid))
      .map((change) => ({ change, ...since(change) }))
    const [end] = [...following, ...unheld]
      .filter(({ date }) => date >= wording.validFrom)
      .toSorted((a, b) => a.date.localeCompare(b.date))
    return {
      ...wording,
      validTo: end?.date ?? null,
      endedBy: end === undefined || end.change === null ? null : { change: end.change, known: end.known },
    }
  })
}

/** A provision that the older of two texts has and the newer one lacks, without a note that explains it. */
export interface Loss {
  eid: string
  label: string
}

/**
 * Checks a new text against the held ones next to it in time: a print that was cut off would silently repeal what it lacks.
 * @returns provisions that vanish from one text to the next and no newer note explains
 */
export function unexplainedLosses(held: readonly HeldEdition[], added: HeldEdition): Loss[] {
  const date = editionDate(added.parsed)
  const current = currentEditions(held)
  const before = current.findLast(({ parsed }) => editionDate(parsed) <= date)
  const after = current.find(({ parsed }) => editionDate(parsed) > date)
  const lost = (older: ParsedAct, newer: ParsedAct): Loss[] => {
    const present = new Set(newer.provisions.map(({ eid }) => eid))
    const changes = changesByTarget(newer)
    const explained = (eid: string) =>
      touching(changes, eid).some(
        ({ change, by, inForce }) =>
          change !== 'added' &&
          // A text dated by the day it entered into force may be newer than the signing of the next change.
          (by.date > editionDate(older) || (inForce.rule === 'date' && inForce.date > editionDate(older))),
      )
    return older.provisions
      .filter(({ eid, status }) => status === 'in-force' && !present.has(eid) && !explained(eid))
      .map(({ eid, label }) => ({ eid, label }))
  }
  return [
    ...(before === undefined ? [] : lost(before.parsed, added.parsed)),
    ...(after === undefined ? [] : lost(added.parsed, after.parsed)),
  ]
}
