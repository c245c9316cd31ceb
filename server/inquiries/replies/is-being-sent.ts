import type { ReplyDraftRow } from '../queries.ts'

/** After this long a try that nobody ended has died with its server. */
const ABANDONED_MS = 2 * 60_000

/** Whether a claimed draft is on its way; else its last try ended without the server's word. Pure. */
export const isBeingSent = ({ sendingSince }: Pick<ReplyDraftRow, 'sendingSince'>, now: Date): boolean =>
  sendingSince !== null && now.getTime() - sendingSince.getTime() < ABANDONED_MS
