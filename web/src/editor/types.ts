import type { z } from 'zod'
import type {
  BrokenReferenceSchema,
  CommentSchema,
  DraftContentSchema,
  DraftFaultSchema,
  DraftItemSchema,
  ImportedFileSchema,
  StaleSchema,
  TaskSchema,
} from '#server/editorial/schema.ts'

export type { DraftMerge, DraftView } from '#server/editorial/schema.ts'
export type DraftContent = z.infer<typeof DraftContentSchema>
export type DraftItem = z.infer<typeof DraftItemSchema>
export type DraftFault = z.infer<typeof DraftFaultSchema>
export type ImportedFile = z.infer<typeof ImportedFileSchema>
export type DraftComment = z.infer<typeof CommentSchema>
export type Task = z.infer<typeof TaskSchema>
export type Stale = z.infer<typeof StaleSchema>
export type BrokenReference = z.infer<typeof BrokenReferenceSchema>
