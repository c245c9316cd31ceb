import { join } from 'node:path'
import { parseDivisionPlan, type DivisionPlan } from '#ingest/articles/division-plan.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { namesOf, textOf } from './content-files.ts'

/**
 * Reads every division plan of a directory (`*.articles.yaml`); none when it is not there.
 * @throws DomainError `validation-failed` with all faults of all plans; two plans for one act and language are one
 */
export async function readPlans(directory: string): Promise<DivisionPlan[]> {
  const names = (await namesOf(directory)).filter((name) => name.endsWith('.articles.yaml'))
  const plans = new Map<string, { plan: DivisionPlan; name: string }>()
  const faults: Fault[] = []
  for (const name of names) {
    const { plan, faults: own } = parseDivisionPlan(await textOf(join(directory, name)))
    if (plan === null) {
      faults.push(...own.map((message) => ({ path: name, message })))
      continue
    }
    const before = plans.get(`${plan.act} ${plan.lang}`)
    if (before === undefined) plans.set(`${plan.act} ${plan.lang}`, { plan, name })
    else
      faults.push({
        path: name,
        message: `план статей акта ${plan.act} (${plan.lang}) уже есть в ${before.name}. Оставьте один.`,
      })
  }
  if (faults.length > 0)
    throw new DomainError('validation-failed', `В планах статей каталога ${directory} есть ошибки.`, { faults })
  return [...plans.values()].map(({ plan }) => plan)
}

/** The plan for an act, by its registration number and language. */
export const planFor = (plans: readonly DivisionPlan[], key: string, lang: string): DivisionPlan | null =>
  plans.find((plan) => plan.act === key && plan.lang === lang) ?? null
