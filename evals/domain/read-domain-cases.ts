import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'

const Case = z.strictObject({
  id: z.string(),
  lang: z.enum(['ru', 'kk']),
  /** Registration number of the act, or the number of a law. */
  act: z.string(),
  query: z.string().min(2),
  /** Provisions that answer: any of them is right. */
  eids: z.array(z.string()).min(1),
  /** Provisions that help. */
  also: z.array(z.string()).default([]),
})
const File = z.strictObject({ asOf: z.iso.date(), cases: z.array(Case).min(1) })
export type DomainCase = z.infer<typeof Case>

/** Reads a file of domain searches. @throws with the file's name and every fault */
export async function readDomainCases(path: string): Promise<z.infer<typeof File>> {
  const parsed = File.safeParse(parse(await readFile(path, 'utf8')))
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const seen = new Set<string>()
  for (const { id } of parsed.data?.cases ?? []) {
    if (seen.has(id)) faults.push(`${id} stands twice`)
    seen.add(id)
  }
  if (!parsed.success || faults.length > 0)
    throw new Error(`${path}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  return parsed.data
}
