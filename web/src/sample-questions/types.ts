import type { SampleQuestionView } from '#server/answers/schema.ts'

export type SampleQuestion = SampleQuestionView
/** Letters of a question, as the API bounds them. */
export const SHORTEST_QUESTION = 3
export const LONGEST_QUESTION = 300

export type QuestionOrigin = SampleQuestionView['origin']
