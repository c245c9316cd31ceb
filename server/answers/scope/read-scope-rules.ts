import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '#server/errors.ts'
import { readLanguageData } from '#server/search/read-language-data.ts'
import { createSubjectMatcher } from './create-subject-matcher.ts'
import { parseScopeRules, type ScopeRules } from './scope-rules.ts'
import type { SubjectMatcher } from '../competence.ts'

/** The rules of scope, and how a subject of the directory is recognised in a question. */
export interface Scope extends ScopeRules {
  matches: SubjectMatcher
}

/**
 * Reads `scope.yaml` of a content directory, and the word families of its languages.
 * @throws DomainError `validation-failed` with all of its faults
 */
export async function readScopeRules(contentDir: string): Promise<Scope> {
  const file = join(contentDir, 'scope.yaml')
  const { rules, faults } = parseScopeRules(await readFile(file, 'utf8'))
  if (rules === null)
    throw new DomainError('validation-failed', `${file} has faults`, {
      faults: faults.map((message) => ({ path: 'scope.yaml', message })),
    })
  return { ...rules, matches: createSubjectMatcher(await readLanguageData(contentDir)) }
}
