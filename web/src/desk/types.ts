import type { z } from 'zod'
import type {
  CallNoteSchema,
  CallSchema,
  InquirySchema,
  ListedCallSchema,
  ListedInquirySchema,
  ReplyDraftSchema,
} from '#server/inquiries/schema.ts'

export type Inquiry = z.infer<typeof InquirySchema>
export type ListedInquiry = z.infer<typeof ListedInquirySchema>
export type ReplyDraft = z.infer<typeof ReplyDraftSchema>
export type Call = z.infer<typeof CallSchema>
export type ListedCall = z.infer<typeof ListedCallSchema>
export type CallNote = z.infer<typeof CallNoteSchema>
export type { ApartLetter, Segment } from '#server/inquiries/schema.ts'
