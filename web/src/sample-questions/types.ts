import type { SampleQuestionView } from '#server/answers/schema.ts'

export type SampleQuestion = SampleQuestionView
export type QuestionOrigin = SampleQuestionView['origin']
