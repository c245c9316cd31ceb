import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DomainError } from '#server/errors.ts'
import { decodeUtf8, namesIn, systemCode } from './files.ts'

/** What stands beside a source and is read with it. */
const BESIDE_SOURCE = /\.(?:articles|meta)\.yaml$/

/**
 * Names in a directory of `content`, sorted; hidden ones («.DS_Store») are left out. None when it is not there.
 * @throws DomainError `validation-failed` when it is there and cannot be read
 */
export async function namesOf(directory: string, options: { recursive?: boolean } = {}): Promise<string[]> {
  try {
    return (await namesIn(directory, options)).filter((name) => !basename(name).startsWith('.'))
  } catch (error) {
    throw new DomainError(
      'validation-failed',
      `Каталог ${directory} не читается (${systemCode(error)}). Проверьте, каталог ли это и есть ли права на него.`,
      { cause: error },
    )
  }
}

/** The text of a file of `content`. @throws DomainError `validation-failed` when it cannot be read as UTF-8 */
export async function textOf(path: string): Promise<string> {
  let text: string | null
  try {
    text = decodeUtf8(await readFile(path))
  } catch (error) {
    const code = systemCode(error)
    throw new DomainError(
      'validation-failed',
      code === 'ENOENT'
        ? `Файла ${path} нет. Верните его или проверьте CONTENT_DIR.`
        : `Файл ${path} не читается (${code}). Проверьте, файл ли это и есть ли права на него.`,
      { cause: error },
    )
  }
  if (text === null)
    throw new DomainError('validation-failed', `Файл ${path} не в кодировке UTF-8. Сохраните его в UTF-8.`)
  return text
}

/**
 * Paths of all sources of `content/sources`, sorted. Whatever does not stand beside a source is one: what cannot be read as
 * such is refused by who reads it, never passed over.
 * @throws DomainError `validation-failed` when the directory is not there or cannot be read
 */
export async function sourcePaths(contentDir: string): Promise<string[]> {
  const directory = join(contentDir, 'sources')
  // Without it every article would look like one whose source is gone.
  if ((await stat(directory).catch(systemCode)) === 'ENOENT')
    throw new DomainError('validation-failed', `Каталога ${directory} нет. Верните его или проверьте CONTENT_DIR.`)
  return (await namesOf(directory)).filter((name) => !BESIDE_SOURCE.test(name)).map((name) => join(directory, name))
}
