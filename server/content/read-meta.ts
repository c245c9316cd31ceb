import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parseActMeta } from '#ingest/acts/act-meta.ts'
import type { ActMeta, Lang } from '#ingest/acts/act.ts'
import { decodeUtf8, namesIn, systemCode } from './files.ts'

/** What stands beside a text in the state legal base's layout: `CODE.LANG.DATE.md` (or of another format) with `CODE.DATE.meta.yaml`. */
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

const NAME = /^(\d{1,9})\.(rus|kaz)\.(\d{4}-\d{2}-\d{2})\.(?:md|txt|html?|docx|pdf)$/i
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

/** The text of a sidecar, its size looked at first; or what is wrong with the file. */
async function textOf(path: string): Promise<{ text: string } | { fault: string }> {
  try {
    const info = await stat(path)
    if (!info.isFile()) return { fault: 'это не файл. Уберите каталог с таким именем или положите файл описания.' }
    if (info.size > LARGEST_META) return { fault: `файл больше ${LARGEST_META / 1024} КБ. Проверьте, тот ли это файл.` }
    const text = decodeUtf8(await readFile(path))
    return text === null ? { fault: 'файл не в кодировке UTF-8. Сохраните его в UTF-8.' } : { text }
  } catch (error) {
    return { fault: `файл не читается (${systemCode(error)}). Проверьте права на него.` }
  }
}

/**
 * Reads the sidecar of a text: `NAME.meta.yaml`, or by the names of the state legal base, where language and
 * edition date stand in the name of the text. A missing sidecar is no fault here; the parser says what it lacks. Never throws: a sidecar or a directory that cannot be read is among `faults`.
 */
export async function readMeta(path: string): Promise<BesideText> {
  const directory = dirname(path)
  const name = basename(path)
  let names: string[]
  try {
    names = await namesIn(directory)
  } catch (error) {
    return { ...nothing, faults: [`каталог ${directory} не читается (${systemCode(error)}). Проверьте права на него.`] }
  }
  const [, code = '', , date = ''] = NAME.exec(name) ?? []
  const file = code === '' ? name.replace(/\.[a-z]+$/i, '.meta.yaml') : choose(names, code, date)
  if (file === null || !names.includes(file)) return besideText(name, null)
  const read = await textOf(join(directory, file))
  if ('fault' in read) return { ...besideText(name, null), file, faults: [read.fault] }
  return besideText(name, { name: file, text: read.text })
}

/** The code of the state legal base that a name of its layout begins with; null: another name. Pure. */
export const codeInName = (name: string): string | null => NAME.exec(name)?.[1] ?? null

/**
 * What a text's name and its sidecar say of it. Pure.
 * @param name of the text: `CODE.LANG.DATE.md`, or any other
 * @param sidecar null: there is none
 */
export function besideText(name: string, sidecar: { name: string; text: string } | null): BesideText {
  const named = NAME.exec(name)
  const [, code = '', printed = '', date = ''] = named ?? []
  const known: BesideText =
    named === null ? nothing : { ...nothing, lang: printed === 'kaz' ? 'kk' : 'ru', versionDate: date }
  if (sidecar === null) return known
  const { name: file, text } = sidecar
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
