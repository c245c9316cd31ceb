import type { z } from 'zod'
import type { SynonymContentSchema, SynonymHistorySchema, SynonymPreview } from '#server/synonyms/schema.ts'

export type { SynonymGroup, SynonymPreview, SynonymWarning } from '#server/synonyms/schema.ts'
export type SynonymContent = z.infer<typeof SynonymContentSchema>
export type SynonymHistory = z.infer<typeof SynonymHistorySchema>
export type PreviewResult = SynonymPreview['results'][number]
export type PreviewHit = PreviewResult['after'][number]
