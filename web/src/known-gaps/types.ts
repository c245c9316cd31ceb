import type { KnownGapView } from '#server/answers/schema.ts'

export type KnownGap = KnownGapView
export type GapQuestion = KnownGap['questions'][number]
/** Letters of what is missing, as the API bounds them. */
export const LONGEST_GAP = 120
