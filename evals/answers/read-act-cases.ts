import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'

const Lang = z.enum(['ru', 'kk'])
const Case = z
  .strictObject({
    id: z.string(),
    lang: Lang,
    question: z.string().min(2).max(1000),
    expect: z.enum(['answered', 'refused']),
    /** Act and element id, `20774 ann_1__chp_2__para_17`: citing any of them is right. */
    provisions: z.array(z.string().regex(/^\S+ \S+$/)).default([]),
    /** A few words that a full answer quotes. */
    quote: z.string().optional(),
    /** Why nothing here answers: the field is right and the point is not there, another field, an act that is not here. */
    why: z.enum(['near-miss', 'other-field', 'other-act']).optional(),
    note: z.string().optional(),
  })
  .refine(({ expect, provisions }) => (expect === 'answered') === provisions.length > 0, {
    message: 'an answer names its provisions, a refusal names none',
  })
  .refine(({ expect, why }) => (expect === 'refused') === (why !== undefined), {
    message: 'a refusal, and only a refusal, says why',
  })
const File = z.strictObject({
  asOf: z.iso.date(),
  /** Texts that the set is asked without. */
  leftOut: z.array(z.strictObject({ act: z.string(), lang: Lang })).default([]),
  cases: z.array(Case).min(1),
})
export type ActCase = z.infer<typeof Case>
export type ActCaseFile = z.infer<typeof File>

/** Acts by registration number, laws by their number: `20774`, `88-V`. */
export const actNumber = (requisites: { registration: { number: string } | null; number: string }): string =>
  requisites.registration?.number ?? requisites.number

/** Sets over several acts name the act in every case; those over one act name it once, at the top. */
export async function isActCaseFile(path: string): Promise<boolean> {
  const file: unknown = parse(await readFile(path, 'utf8'))
  return typeof file === 'object' && file !== null && !('act' in file)
}

/** Reads a file of answer cases over acts. @throws with the file's name and every fault */
export async function readActCases(path: string): Promise<ActCaseFile> {
  const parsed = File.safeParse(parse(await readFile(path, 'utf8')))
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const seen = new Set<string>()
  for (const { id, question } of parsed.data?.cases ?? [])
    for (const key of [id, question.toLowerCase()]) {
      if (seen.has(key)) faults.push(`${id}: «${key}» stands twice`)
      seen.add(key)
    }
  if (!parsed.success || faults.length > 0)
    throw new Error(`${path}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return parsed.data
}

/**
 * Whether a cited provision is an expected one: itself, a sub-point of it, or the whole list around an expected sub-point.
 * A further part of a point says something else: where it is right too, the case names it.
 */
export const provisionMatches = (cited: string, expected: string): boolean =>
  cited === expected ||
  cited.startsWith(`${expected}__subpara_`) ||
  cited === expected.replace(/__subpara_[\d_-]+$/, '')

/** Provisions that acts have, by language. */
export type HeldProvisions = ReadonlyMap<string, Partial<Record<'ru' | 'kk', ReadonlySet<string>>>>

/**
 * Expected provisions that an act which is there does not have, in the language of the question, or in the other one where
 * the act is not held in it: the case is wrong then.
 * @returns a line for each
 */
export const unknownProvisions = ({ cases, leftOut }: ActCaseFile, held: HeldProvisions): string[] =>
  cases.flatMap(({ id, lang, provisions }) =>
    provisions.flatMap((provision) => {
      const [act = '', eid = ''] = provision.split(' ')
      const texts = held.get(act)
      if (texts === undefined) return []
      const without = (one: 'ru' | 'kk') => leftOut.some((left) => left.act === act && left.lang === one)
      const read = [lang, lang === 'ru' ? ('kk' as const) : ('ru' as const)].find(
        (one) => texts[one] !== undefined && !without(one),
      )
      return read !== undefined && texts[read]?.has(eid) === true
        ? []
        : [`${id}: ${act} (${read ?? 'no text'}) has no ${eid}`]
    }),
  )
