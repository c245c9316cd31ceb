import { z } from 'zod'
import { readYaml } from '#ingest/text/read-yaml.ts'

/** Letters of a question, and questions of a provision. */
export const SHORTEST_QUESTION = 3
export const LONGEST_QUESTION = 300
export const MOST_OF_PROVISION = 60

const File = z.strictObject({
  act: z.string().min(1),
  lang: z.enum(['ru', 'kk']),
  /** By element id of the provision that answers them. */
  questions: z.record(
    z.string(),
    z.array(z.string().trim().min(SHORTEST_QUESTION).max(LONGEST_QUESTION)).min(1).max(MOST_OF_PROVISION),
  ),
})

export type SampleQuestionsFile = z.infer<typeof File>

/**
 * Reads `content/questions/*.yaml`: the act by its registration number, the language, questions by element id.
 * @returns all faults at once, in Russian; `file` is null when there is one
 */
export function parseSampleQuestions(text: string): { file: SampleQuestionsFile | null; faults: string[] } {
  const { value, faults } = readYaml(text, File)
  return { file: value, faults: [...faults] }
}
