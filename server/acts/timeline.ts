import { earliestInForce } from '#ingest/acts/edition-of.ts'
import type { Context, Lang } from '#server/context.ts'
import { listEditions, type EditionRow } from './queries.ts'

/** An edition of an act in a language, held or only known of. */
export interface KnownEdition {
  date: string
  /** Null: known but not held. */
  editionId: string | null
  /** The act itself, or the act that changed it. */
  by: { date: string; number: string }
  knownFrom: ('text' | 'notes' | 'other-language' | 'publisher')[]
}

type Held = Awaited<ReturnType<typeof listEditions>>[number]

const keyOf = (by: { date: string; number: string }): string => `${by.date} ${by.number}`

/** The act that gave an edition: its publisher says so, else the latest change in it, else the act itself. */
function causeOf({ row, amendments }: Held): { date: string; number: string } {
  if (row.meta?.causedBy) return { date: row.meta.causedBy.date, number: row.meta.causedBy.number }
  const own = amendments.filter((note) => note.onlyLang === null || note.onlyLang === row.lang)
  const last = own.reduce<Held['amendments'][number] | null>(
    (latest, one) => (latest === null || one.by.date >= latest.by.date ? one : latest),
    null,
  )
  return last === null
    ? { date: row.requisites.date, number: row.requisites.number }
    : { date: last.by.date, number: last.by.number }
}

interface Hint {
  by: { date: string; number: string }
  date: string
  from: KnownEdition['knownFrom'][number]
}

/** Everything that held texts say about editions in a language. */
function hintsFor(lang: Lang, held: readonly Held[]): Hint[] {
  return held.flatMap((one): Hint[] => {
    const { row, amendments } = one
    const own = row.lang === lang
    const adopted = { date: row.requisites.date, number: row.requisites.number }
    const cause = causeOf(one)
    const published = row.meta?.versionDates[lang]
    return [
      { by: adopted, date: adopted.date, from: own ? 'notes' : 'other-language' },
      ...(published === undefined ? [] : [{ by: cause, date: published, from: 'publisher' as const }]),
      ...(own ? [] : [{ by: cause, date: row.date, from: 'other-language' as const }]),
      ...amendments
        .filter((note) => note.onlyLang === null || note.onlyLang === lang)
        .map((note) => ({
          by: { date: note.by.date, number: note.by.number },
          date: earliestInForce(note.inForce, note.by.date).date,
          from: own ? ('notes' as const) : ('other-language' as const),
        })),
    ]
  })
}

const RANK: Record<KnownEdition['knownFrom'][number], number> = { text: 0, publisher: 1, 'other-language': 2, notes: 3 }

function languageTimeline(lang: Lang, held: readonly Held[]): KnownEdition[] {
  const own = held.filter(({ row }) => row.lang === lang)
  const editions = new Map<string, KnownEdition & { rank: number }>()
  for (const one of own) {
    const by = causeOf(one)
    const key = keyOf(by)
    // Of two texts of one edition the one imported later is the better one.
    const known = editions.get(key)
    if (known !== undefined && one.row.importedAt.toISOString() < (importedAt(own, known.editionId) ?? '')) continue
    editions.set(key, { date: one.row.date, editionId: one.row.id, by, knownFrom: ['text'], rank: RANK.text })
  }
  for (const { by, date, from } of hintsFor(lang, held)) {
    const known = editions.get(keyOf(by))
    if (known === undefined) {
      editions.set(keyOf(by), { date, editionId: null, by, knownFrom: [from], rank: RANK[from] })
      continue
    }
    if (known.editionId !== null) continue
    if (!known.knownFrom.includes(from)) known.knownFrom.push(from)
    if (RANK[from] >= known.rank) continue
    known.date = date
    known.rank = RANK[from]
  }
  return [...editions.values()]
    .map(({ date, editionId, by, knownFrom }) => ({ date, editionId, by, knownFrom: [...knownFrom].sort() }))
    .sort((a, b) => a.date.localeCompare(b.date) || a.by.date.localeCompare(b.by.date))
}

const importedAt = (held: readonly Held[], id: string | null): string | undefined =>
  held.find(({ row }) => row.id === id)?.row.importedAt.toISOString()

/**
 * The editions of an act by language, oldest first: those whose text is held, and those that are only known of, from notes,
 * from the other language or from what was published beside a text. Nothing is invented: what is not held has no text.
 * @throws DomainError `not-found`
 */
export async function actTimeline(ctx: Context, actId: string): Promise<{ lang: Lang; editions: KnownEdition[] }[]> {
  const held = await listEditions(ctx, actId)
  const languages = new Set<Lang>(held.flatMap(({ row }) => [row.lang, ...languagesIn(row)]))
  return [...languages]
    .sort()
    .reverse()
    .map((lang) => ({ lang, editions: languageTimeline(lang, held) }))
}

const languagesIn = (row: EditionRow): Lang[] =>
  (['ru', 'kk'] as const).filter((lang) => row.meta?.versionDates[lang] !== undefined)
