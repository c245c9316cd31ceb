import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '#server/errors.ts'
import { parseScopeRules, type ScopeRules } from './scope-rules.ts'

/**
 * Reads `scope.yaml` of a content directory.
 * @throws DomainError `validation-failed` with all of its faults
 */
export async function readScopeRules(contentDir: string): Promise<ScopeRules> {
  const file = join(contentDir, 'scope.yaml')
  const { rules, faults } = parseScopeRules(await readFile(file, 'utf8'))
  if (rules === null)
    throw new DomainError('validation-failed', `${file} has faults`, {
      faults: faults.map((message) => ({ path: 'scope.yaml', message })),
    })
  return rules
}
