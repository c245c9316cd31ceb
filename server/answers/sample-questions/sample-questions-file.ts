import { parseDocument } from 'yaml'
import { z } from 'zod'

const File = z.strictObject({
  act: z.string().min(1),
  lang: z.enum(['ru', 'kk']),
  /** By element id of the provision that answers them. */
  questions: z.record(z.string(), z.array(z.string().trim().min(3).max(300)).min(1).max(60)),
})

export type SampleQuestionsFile = z.infer<typeof File>

/**
 * Reads `content/questions/*.yaml`: the act by its registration number, the language, questions by element id.
 * @returns all faults at once; `file` is null when there is one
 */
export function parseSampleQuestions(text: string): { file: SampleQuestionsFile | null; faults: string[] } {
  const document = parseDocument(text)
  if (document.errors.length > 0) return { file: null, faults: document.errors.map((error) => error.message) }
  const parsed = File.safeParse(document.toJS())
  return parsed.success
    ? { file: parsed.data, faults: [] }
    : { file: null, faults: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
}
