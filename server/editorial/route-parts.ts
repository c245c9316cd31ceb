import { z } from '@hono/zod-openapi'
import type { Context } from '#server/context.ts'
import { inTransaction } from '#server/events/event.ts'
import { json } from '#server/http/route.ts'
import { presentDraft } from './present.ts'
import { draftById } from './queries.ts'
import { DraftSchema, type DraftView } from './schema.ts'

/** Who writes and publishes (docs/decisions/0013). */
export const WRITERS = ['editor', 'admin'] as const
/** Who reads drafts, comments on them and decides: they and supervisors. */
export const REVIEWERS = ['editor', 'supervisor', 'admin'] as const

export const DraftId = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'drf_…' }) })

/** A JSON body of this shape. */
export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const Note = z.string().trim().max(2_000)
export const Reason = Note.min(3)
export const Version = z.object({ versionId: z.string().max(64) })

export const draftJson = { 200: json(DraftSchema, 'The draft as it stands now') }

export const markdownFile = {
  200: { description: 'Markdown with front matter', content: { 'text/markdown': { schema: z.string() } } },
}
/** Headers of a `markdownFile`. */
export const MARKDOWN = { 'content-type': 'text/markdown; charset=utf-8' }

/** A step of a draft, and the draft as it stands after it. */
export async function step(ctx: Context, draftId: string, verb: (tx: Context) => Promise<unknown>): Promise<DraftView> {
  await inTransaction(ctx, verb)
  return presentDraft(ctx, await draftById(ctx, draftId))
}
