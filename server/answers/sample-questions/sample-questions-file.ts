import { z } from 'zod'
import { readYaml } from '#ingest/text/read-yaml.ts'

/** Letters of a question, and questions of a provision. */
export const SHORTEST_QUESTION = 3
export const LONGEST_QUESTION = 300
export const MOST_OF_PROVISION = 60
/** Letters of what a known gap is called. */
export const LONGEST_GAP = 120

const Questions = z.array(z.string().trim().min(SHORTEST_QUESTION).max(LONGEST_QUESTION)).min(1).max(MOST_OF_PROVISION)

const File = z.strictObject({
  act: z.string().min(1),
  lang: z.enum(['ru', 'kk']),
  /** By element id of the provision that answers them. */
  questions: z.record(z.string(), Questions),
  /** What people ask about the act and it does not say, by what is missing. */
  gaps: z
    .strictObject({
      /** Day on which somebody last saw that the act is silent: of a later edition nothing is known. */
      checkedOn: z.iso.date(),
      questions: z.record(z.string().trim().min(SHORTEST_QUESTION).max(LONGEST_GAP), Questions),
    })
    .optional(),
})

export type SampleQuestionsFile = z.infer<typeof File>

/**
 * Reads `content/questions/*.yaml`: the act by its registration number, the language, questions by element id, and those about its known gaps.
 * @returns all faults at once, in Russian; `file` is null when there is one
 */
export function parseSampleQuestions(text: string): { file: SampleQuestionsFile | null; faults: string[] } {
  const { value, faults } = readYaml(text, File)
  if (value === null) return { file: null, faults: [...faults] }
  const answered = new Map(Object.entries(value.questions).flatMap(([eid, texts]) => texts.map((one) => [one, eid])))
  const both = Object.entries(value.gaps?.questions ?? {}).flatMap(([gap, texts]) =>
    texts.flatMap((one) => {
      const eid = answered.get(one)
      return eid === undefined
        ? []
        : [
            `gaps.questions.${gap}: на вопрос «${one}» отвечает положение ${eid} этого же файла. Оставьте его в одном месте.`,
          ]
    }),
  )
  return { file: both.length === 0 ? value : null, faults: [...faults, ...both] }
}
