import type { z } from 'zod'
import type { PassportRowSchema, PassportSchema, PassportTextSchema } from '#server/acts/schema.ts'

export type Passport = z.infer<typeof PassportSchema>
export type PassportText = z.infer<typeof PassportTextSchema>
export type PassportRow = z.infer<typeof PassportRowSchema>
export type PassportField = Passport['fields'][number]['field']
export type PassportGroup = PassportRow['groups'][number]
