import type { Context } from '#server/context.ts'
import { emit } from '#server/events/event.ts'

/**
 * Records that names and contacts of people were read: whose service or submission, through which route, of how many people. Nothing
 * is recorded where there was nobody.
 * @param input.route as `GET /services/{id}`
 */
export async function tellPersonalData(
  ctx: Context,
  input: { subjectId: string; route: string; count: number },
): Promise<void> {
  const { subjectId, route, count } = input
  if (count > 0) await emit(ctx, { type: 'personal-data.read', subjectId, payload: { route, count } })
}
