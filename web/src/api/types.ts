import type { z } from 'zod'
import type {
  ActSchema,
  AmendmentSchema,
  EditionSchema,
  ProvisionChangeSchema,
  ProvisionSchema,
  TimelineSchema,
  ReviewedDifferenceSchema,
} from '#server/acts/schema.ts'
import type { DiffPartSchema, PassageSchema, VersionSchema } from '#server/articles/schema.ts'
import type { Facets } from '#server/search/schema.ts'
import type { SessionSchema } from '#server/identity/schema.ts'
import type { LangSchema } from '#server/http/wire.ts'

import type { Answer as AnswerBody, Feedback } from '#server/answers/schema.ts'

export type { Answer, AnswerCitation, AnswerSentence } from '#server/answers/schema.ts'
export type { Article } from '#server/articles/schema.ts'
export type { Citation, Competence, LanguageDifference, SourceChange } from '#server/http/wire.ts'
export type { Facets, SearchHit, SearchResult } from '#server/search/schema.ts'
export type Guidance = NonNullable<AnswerBody['guidance']>
export type Clarification = NonNullable<AnswerBody['clarify']>
export type Within = Clarification['choices'][number]['within']
export type OperatorGroup = NonNullable<Guidance['group']>['id']
export type Verdict = Feedback['verdict']
export type Lang = z.infer<typeof LangSchema>
export type PassageKind = Facets['kind'][number]['value']
export type Session = z.infer<typeof SessionSchema>
export type Act = z.infer<typeof ActSchema>
export type Amendment = z.infer<typeof AmendmentSchema>
export type Edition = z.infer<typeof EditionSchema>
export type ProvisionChange = z.infer<typeof ProvisionChangeSchema>
export type KnownEdition = z.infer<typeof TimelineSchema>['languages'][number]['editions'][number]
export type Provision = z.infer<typeof ProvisionSchema>
export type DiffPart = z.infer<typeof DiffPartSchema>
export type Passage = z.infer<typeof PassageSchema>
export type ReviewedDifference = z.infer<typeof ReviewedDifferenceSchema>
export type Version = z.infer<typeof VersionSchema>
