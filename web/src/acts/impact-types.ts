import type { z } from 'zod'
import type { ActImportSchema, AffectedAnswersSchema, AskedPublicationDaySchema } from '#server/impact/schema.ts'

export type ActImport = z.infer<typeof ActImportSchema>
export type ImportedAct = NonNullable<ActImport['imported']>
export type AskedPublicationDay = z.infer<typeof AskedPublicationDaySchema>
export type AffectedAnswer = z.infer<typeof AffectedAnswersSchema>['items'][number]
