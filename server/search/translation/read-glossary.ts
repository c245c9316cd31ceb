import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '#server/errors.ts'
import { remembering } from '../analysis/recent-memory.ts'
import { parseGlossary, type Glossary } from './glossary.ts'

/** The glossary among the language files of a content directory. */
export const GLOSSARY_FILE = 'glossary.yaml'

/** The same text gives the same glossary, so that translators of one process share what they make of it. */
const parse = remembering(2, (text) => parseGlossary({ fileName: GLOSSARY_FILE, text }))

/**
 * Reads the terms of `content/language/glossary.yaml`; a content directory without that file has none.
 * @throws DomainError `validation-failed` with all faults
 */
export async function readGlossary(contentDir: string): Promise<Glossary> {
  const path = join(contentDir, 'language', GLOSSARY_FILE)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const { glossary, faults } = parse(text)
  if (glossary === null)
    throw new DomainError('validation-failed', `The glossary ${path} has faults`, {
      faults: faults.map((message) => ({ path: 'language', message })),
    })
  return glossary
}
