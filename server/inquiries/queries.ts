import { and, asc, desc, eq, gt, ilike, inArray, isNotNull, lt, ne, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { today, type Context } from '#server/context.ts'
import { apiKey, user } from '#server/db/schema/identity.ts'
import { call, callAnswer, inquiry, letter, replyDraft } from '#server/db/schema/inquiries.ts'
import { service } from '#server/db/schema/services.ts'
import { notFound } from '#server/errors.ts'
import { decodeCursor, page } from '#server/http/paging.ts'
import type { InquiryListQuerySchema } from './schema.ts'

export type InquiryRow = typeof inquiry.$inferSelect
export type LetterRow = typeof letter.$inferSelect
export type ReplyDraftRow = typeof replyDraft.$inferSelect

/** @throws DomainError `not-found` */
export async function inquiryById(ctx: Context, id: string): Promise<InquiryRow> {
  const [row] = await ctx.db.select().from(inquiry).where(eq(inquiry.id, id))
  if (row === undefined) throw notFound('inquiry', id)
  return row
}

export const lettersOf = (ctx: Context, inquiryId: string): Promise<LetterRow[]> =>
  ctx.db.select().from(letter).where(eq(letter.inquiryId, inquiryId)).orderBy(asc(letter.at), asc(letter.id))

/** Whether a reply answers every question of its letter: one that does not is no answer in the sense of п. 8. Pure. */
export const leavesNothingOpen = (draft: Pick<ReplyDraftRow, 'parts'>): boolean =>
  draft.parts.every(({ isOpen }) => !isOpen)

/** The newest draft that stands. */
export async function draftOf(ctx: Context, inquiryId: string): Promise<ReplyDraftRow | null> {
  const [row] = await ctx.db
    .select()
    .from(replyDraft)
    .where(and(eq(replyDraft.inquiryId, inquiryId), ne(replyDraft.state, 'superseded')))
    .orderBy(desc(replyDraft.madeAt), desc(replyDraft.id))
    .limit(1)
  return row ?? null
}

/** The call that an inquiry came by, and what was answered in it. */
export async function callOf(ctx: Context, inquiryId: string): Promise<{ id: string; answers: string[] } | null> {
  const [row] = await ctx.db.select({ id: call.id }).from(call).where(eq(call.inquiryId, inquiryId))
  if (row === undefined) return null
  const answers = await ctx.db
    .select({ id: callAnswer.answerId })
    .from(callAnswer)
    .where(eq(callAnswer.callId, row.id))
    .orderBy(asc(callAnswer.at))
  return { id: row.id, answers: answers.map(({ id }) => id) }
}

/** Likeness in SQL takes % and _ for signs of its own. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/gu, String.raw`\$&`)

/** Inquiries, newest first. @throws DomainError `bad-request` for a cursor that is not ours */
export async function listInquiries(ctx: Context, query: z.infer<typeof InquiryListQuerySchema>) {
  const { limit, cursor, channel, status, state, q } = query
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'text'])
  const isOpen = inArray(inquiry.status, ['registered', 'in-work'])
  const wanted: (SQL | undefined)[] = [
    channel === undefined ? undefined : eq(inquiry.channel, channel),
    status === undefined ? undefined : eq(inquiry.status, status),
    state === 'open' ? isOpen : undefined,
    state === 'overdue' ? and(isOpen, isNotNull(inquiry.dueOn), lt(inquiry.dueOn, today(ctx))) : undefined,
    state === 'mine' ? eq(inquiry.operatorId, ctx.actor.id) : undefined,
    q === undefined
      ? undefined
      : or(ilike(inquiry.number, `%${literal(q)}%`), ilike(inquiry.subject, `%${literal(q)}%`)),
    at === undefined
      ? undefined
      : or(
          lt(inquiry.registeredAt, new Date(at)),
          and(eq(inquiry.registeredAt, new Date(at)), gt(inquiry.id, String(id))),
        ),
  ]
  const rows = await ctx.db
    .select()
    .from(inquiry)
    .where(and(...wanted))
    .orderBy(desc(inquiry.registeredAt), asc(inquiry.id))
    .limit(limit + 1)
  return page(rows, limit, (row) => [row.registeredAt.toISOString(), row.id])
}

export interface Names {
  people: ReadonlyMap<string, string>
  services: ReadonlyMap<string, { id: string; registryNumber: string; name: string }>
}

/** Names of operators (users, or keys of programs) and services. */
export async function namesFor(
  ctx: Context,
  ids: { people: readonly (string | null)[]; services: readonly (string | null)[] },
): Promise<Names> {
  const people = [...new Set(ids.people.flatMap((id) => id ?? []))]
  const services = [...new Set(ids.services.flatMap((id) => id ?? []))]
  const users =
    people.length === 0
      ? []
      : [
          ...(await ctx.db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, people))),
          ...(await ctx.db.select({ id: apiKey.id, name: apiKey.name }).from(apiKey).where(inArray(apiKey.id, people))),
        ]
  const held =
    services.length === 0
      ? []
      : await ctx.db
          .select({ id: service.id, registryNumber: service.registryNumber, name: service.name })
          .from(service)
          .where(inArray(service.id, services))
  return {
    people: new Map(users.map(({ id, name }) => [id, name])),
    services: new Map(held.map((one) => [one.id, one])),
  }
}
