import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Imports and exports of values; types leave no trace in what runs. */
const IMPORTS = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gmu
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/**
 * A source file and all it imports, as they are now: files by their path from the root with their text, packages by name with their version.
 * Imports of types are no part of what runs.
 * @param entry path of a source file
 * @throws a system error when an imported file is not there
 */
export async function sourcesOf(entry: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const visitPackage = async (name: string): Promise<void> => {
    if (found.has(name)) return
    const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'))
    found.set(
      name,
      typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '',
    )
  }
  const visit = async (path: string): Promise<void> => {
    const name = relative(ROOT, path)
    if (found.has(name)) return
    const source = await readFile(path, 'utf8')
    found.set(name, source)
    for (const pattern of [IMPORTS, DYNAMIC])
      for (const [, specifier = ''] of source.matchAll(pattern)) {
        if (specifier.startsWith('node:')) continue
        if (specifier.startsWith('.')) await visit(resolve(dirname(path), specifier))
        else if (specifier.startsWith('#')) await visit(join(ROOT, specifier.slice(1)))
        else await visitPackage(packageOf(specifier))
      }
  }
  await visit(resolve(ROOT, entry))
  return found
}

/**
 * A key that changes when the code does that makes something: a hash over `sourcesOf`. Nobody has to remember a version number.
 * @param entry source file, e.g. that of an index
 * @returns 64 hexadecimal digits
 * @throws a system error when an imported file is not there
 */
export async function codeKey(entry: string): Promise<string> {
  // Letters and their cases are those of the Unicode that the engine knows.
  const hash = createHash('sha256').update(`${process.versions.v8} ${process.versions['unicode'] ?? ''}\n`)
  for (const [name, content] of [...(await sourcesOf(entry))].sort(([left], [right]) => (left < right ? -1 : 1)))
    hash.update(JSON.stringify([name, content]))
  return hash.digest('hex')
}
