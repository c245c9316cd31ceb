import { gte, sql } from 'drizzle-orm'
import { today, type Context } from '#server/context.ts'
import { modelCall } from '#server/db/schema/answers.ts'
import { newId } from '#server/ids.ts'
import type { ModelLedger } from './answerer.ts'

/** Kazakhstan has one time since 1 March 2024 (UTC+5). */
const dayBegan = (day: string): Date => new Date(`${day}T00:00:00+05:00`)

/** What models cost, in the database: a budget of the day holds over restarts and over instances. */
export const modelLedger = (ctx: Context, answerId: string): ModelLedger => ({
  async spentToday() {
    const [row] = await ctx.db
      .select({ spent: sql<number>`coalesce(sum(${modelCall.cost}), 0)::float8` })
      .from(modelCall)
      .where(gte(modelCall.at, dayBegan(today(ctx))))
    return Number(row?.spent ?? 0)
  },
  async note(call) {
    await ctx.db.insert(modelCall).values({ id: newId('mdl'), answerId, ...call, at: ctx.now() })
  },
})
