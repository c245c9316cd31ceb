import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDivisionPlan, type DivisionPlan } from '#ingest/articles/division-plan.ts'
import { DomainError } from '#server/errors.ts'

/** Reads every division plan of a directory (`*.articles.yaml`). @throws DomainError with all faults of all plans */
export async function readPlans(directory: string): Promise<DivisionPlan[]> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.articles.yaml')).sort()
  const plans: DivisionPlan[] = []
  const faults: { path: string; message: string }[] = []
  for (const name of names) {
    const parsed = parseDivisionPlan(await readFile(join(directory, name), 'utf8'))
    if (parsed.plan === null) faults.push(...parsed.faults.map((message) => ({ path: name, message })))
    else plans.push(parsed.plan)
  }
  if (faults.length > 0)
    throw new DomainError('validation-failed', `Division plans in ${directory} have faults`, { faults })
  return plans
}

/** The plan for an act, by its registration number and language. */
export const planFor = (plans: readonly DivisionPlan[], key: string, lang: string): DivisionPlan | null =>
  plans.find((plan) => plan.act === key && plan.lang === lang) ?? null
