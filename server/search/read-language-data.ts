import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '#server/errors.ts'
import { parseLanguageData, type LanguageData } from './analysis/language-data.ts'
import { remembering } from './analysis/recent-memory.ts'
import { GLOSSARY_FILE } from './translation/read-glossary.ts'

/** Language data with the files they were read from. */
export interface LanguageFiles {
  data: LanguageData
  files: readonly { fileName: string; text: string }[]
}

/** The same files give the same data, so that servers of one process share what they make of them: analysers, vectors. */
const parse = remembering(2, (files) => parseLanguageData(JSON.parse(files) as LanguageFiles['files']))

/**
 * Reads what search knows of the languages: synonyms and word families of `content/language`.
 * @throws DomainError `validation-failed` with all faults of all files
 */
export async function readLanguageFiles(contentDir: string): Promise<LanguageFiles> {
  const directory = join(contentDir, 'language')
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml') && name !== GLOSSARY_FILE).sort()
  const files = await Promise.all(
    names.map(async (name) => ({ fileName: name, text: await readFile(join(directory, name), 'utf8') })),
  )
  const { data, faults } = parse(JSON.stringify(files))
  if (data === null)
    throw new DomainError('validation-failed', `Language data in ${directory} has faults`, {
      faults: faults.map((message) => ({ path: 'language', message })),
    })
  return { data, files }
}

/** The same, without the files. */
export const readLanguageData = async (contentDir: string): Promise<LanguageData> =>
  (await readLanguageFiles(contentDir)).data
