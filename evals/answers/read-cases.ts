import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'

const Case = z.strictObject({
  id: z.string(),
  lang: z.enum(['ru', 'kk']),
  question: z.string().min(2),
  expect: z.enum(['answered', 'refused', 'refused-or-cited']),
  /** Any of these is right: `8`, `3.4` (sub-point), `7/2` (part), `app1`, `ord.5`. */
  points: z.array(z.string()).optional(),
  /** A verbatim fragment that a full answer contains. */
  quote: z.string().optional(),
  note: z.string().optional(),
})
const File = z.strictObject({ act: z.string(), asOf: z.iso.date(), cases: z.array(Case).min(1) })
export type AnswerCase = z.infer<typeof Case>

/** Reads a file of answer cases. @throws with the file's name and every fault */
export async function readCases(path: string): Promise<z.infer<typeof File>> {
  const parsed = File.safeParse(parse(await readFile(path, 'utf8')))
  if (!parsed.success)
    throw new Error(
      `${path}:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
    )
  return parsed.data
}

/** `chp_1__para_3__subpara_4` → `3.4`; `chp_2__para_7__part_2` → `7/2`; `app_1__form` → `app1`; `ord__para_5` → `ord.5`. */
export function pointOf(eid: string): string {
  const appendix = /^app_(\d+)/.exec(eid)
  if (appendix !== null) return `app${appendix[1]}`
  const order = eid.startsWith('ord__') ? 'ord.' : ''
  const point = /para_([\d_]+?)(?:__|$)/.exec(eid)?.[1]?.replaceAll('_', '-') ?? eid.replace(/^ord__/, '')
  const subpoint = /__subpara_([\d_]+?)(?:__|$)/.exec(eid)?.[1]
  const part = /__part_(\d+)/.exec(eid)?.[1]
  return `${order}${point}${subpoint === undefined ? '' : `.${subpoint.replaceAll('_', '-')}`}${part === undefined ? '' : `/${part}`}`
}

/** Whether a cited point satisfies an expected one: the same, inside it, or the whole point around it. */
export function pointMatches(cited: string, expected: string): boolean {
  if (expected.startsWith('ord.') !== cited.startsWith('ord.')) return false
  const bare = (point: string) => point.replace(/^ord\./, '').replace(/\/1$/, '')
  const [c, e] = [bare(cited), bare(expected)]
  return c === e || c.startsWith(`${e}.`) || c.startsWith(`${e}/`) || (e.includes('.') && c === e.split('.')[0])
}
