import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parseActMeta } from '#ingest/acts/act-meta.ts'
import type { ActMeta, Lang } from '#ingest/acts/act.ts'

/** What stands beside a text in the state legal base's layout: `CODE.LANG.DATE.md` with `CODE.DATE.meta.yaml`. */
export interface BesideText {
  lang?: Lang
  meta: ActMeta | null
  versionDate: string | null
  /** Name of the sidecar that was read. */
  file: string | null
  /** The sidecar is of another edition of the act: it gives the requisites and no more. */
  ofOtherEdition: boolean
  faults: string[]
}

const NAME = /^(\d{1,9})\.(rus|kaz)\.(\d{4}-\d{2}-\d{2})\.md$/
const LARGEST_META = 64 * 1024

const nothing: BesideText = { meta: null, versionDate: null, file: null, ofOtherEdition: false, faults: [] }

/** The sidecar of this edition, or else the one of the act nearest to it in time. */
function choose(names: readonly string[], code: string, date: string): string | null {
  const own = `${code}.${date}.meta.yaml`
  if (names.includes(own)) return own
  const others = names
    .map((name) => ({ name, date: new RegExp(`^${code}\\.(\\d{4}-\\d{2}-\\d{2})\\.meta\\.yaml$`).exec(name)?.[1] }))
    .filter((one) => one.date !== undefined)
    .sort(
      (a, b) =>
        Math.abs(Date.parse(a.date ?? '') - Date.parse(date)) - Math.abs(Date.parse(b.date ?? '') - Date.parse(date)),
    )
  return others[0]?.name ?? null
}

/**
 * Reads the sidecar of a Markdown file: `NAME.meta.yaml`, or by the names of the state legal base, where language and
 * edition date stand in the name of the text. A missing sidecar is no fault here; the parser says what it lacks.
 */
export async function readMeta(path: string): Promise<BesideText> {
  const directory = dirname(path)
  const names: string[] = await readdir(directory).catch(() => [])
  const named = NAME.exec(basename(path))
  const [, code = '', printed = '', date = ''] = named ?? []
  const file = named === null ? basename(path).replace(/\.md$/i, '.meta.yaml') : choose(names, code, date)
  const known: BesideText =
    named === null ? nothing : { ...nothing, lang: printed === 'kaz' ? 'kk' : 'ru', versionDate: date }
  if (file === null || !names.includes(file)) return known
  const text = await readFile(join(directory, file), 'utf8')
  if (text.length > LARGEST_META) return { ...known, file, faults: [`файл больше ${LARGEST_META / 1024} КБ`] }
  const { meta, faults } = parseActMeta(text)
  const ofOtherEdition = named !== null && file !== `${code}.${date}.meta.yaml`
  if (meta === null || !ofOtherEdition)
    return {
      ...known,
      file,
      meta,
      faults,
      versionDate: (meta && known.lang && meta.versionDates[known.lang]) ?? known.versionDate,
    }
  return { ...known, file, faults, ofOtherEdition, meta: { ...meta, versionDates: {}, links: {}, causedBy: null } }
}
