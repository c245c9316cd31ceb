import { desc, eq, sql } from 'drizzle-orm'
import { decodeUtf8 } from '#server/content/files.ts'
import { besideText, codeInName, type BesideText } from '#server/content/read-meta.ts'
import { sourceOfBytes, type SourceFile } from '#server/content/read-source.ts'
import type { Context } from '#server/context.ts'
import { act, edition } from '#server/db/schema/acts.ts'

export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

/** Sidecars are a page of YAML. */
export const LARGEST_META = 64 * 1024

/** What stands beside an uploaded text: its sidecar, or else that of a held edition of the act, which gives the requisites alone. */
async function besideUpload(ctx: Context, name: string, meta: UploadedFile | null): Promise<BesideText> {
  if (meta !== null) {
    const known = besideText(name, null)
    if (meta.bytes.length > LARGEST_META)
      return {
        ...known,
        file: meta.name,
        faults: [`файл больше ${LARGEST_META / 1024} КБ. Проверьте, тот ли это файл.`],
      }
    const text = decodeUtf8(meta.bytes)
    return text === null
      ? { ...known, file: meta.name, faults: ['файл не в кодировке UTF-8. Сохраните его в UTF-8.'] }
      : besideText(name, { name: meta.name, text })
  }
  const known = besideText(name, null)
  const code = codeInName(name)
  if (code === null) return known
  const [held] = await ctx.db
    .select({ meta: edition.meta, source: edition.sourceName })
    .from(edition)
    .innerJoin(act, eq(act.id, edition.actId))
    .where(sql`${act.code} = ${code} and ${edition.meta} is not null`)
    .orderBy(desc(edition.date))
    .limit(1)
  return held?.meta == null
    ? known
    : {
        ...known,
        file: held.source,
        ofOtherEdition: true,
        meta: { ...held.meta, versionDates: {}, links: {}, causedBy: null },
      }
}

/** An uploaded text of an act, read like a file of the same name; its faults are messages. */
export async function readUpload(
  ctx: Context,
  input: { file: UploadedFile; meta: UploadedFile | null },
): Promise<SourceFile> {
  const name = input.file.name.replaceAll(/^.*[/\\]/g, '').slice(0, 200)
  return sourceOfBytes(name, input.file.bytes, await besideUpload(ctx, name, input.meta))
}
