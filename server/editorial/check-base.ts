import type { Context } from '#server/context.ts'
import { conflict } from '#server/errors.ts'
import { notDone, type Doing } from './doing.ts'
import { currentVersion, versionById, type DraftRow } from './queries.ts'

/** Whether a newer version was published since the draft's base. */
export async function isOutdated(ctx: Context, row: DraftRow): Promise<boolean> {
  if (row.articleId === null) return false
  const current = await currentVersion(ctx, row.articleId, row.lang)
  if (current === null || current.id === row.baseVersionId || current.id === row.versionId) return false
  const base = row.baseVersionId === null ? null : await versionById(ctx, row.baseVersionId)
  return base === null || current.number > base.number
}

/** @throws DomainError `conflict` when the draft would undo a version that it has not seen */
export async function checkBase(ctx: Context, row: DraftRow, doing: Doing): Promise<void> {
  if (!(await isOutdated(ctx, row)) || row.articleId === null) return
  const current = await currentVersion(ctx, row.articleId, row.lang)
  const number = current?.number ?? ''
  throw conflict(
    notDone(doing, {
      ru: `после начала черновика опубликована версия ${number}. Объедините с ней черновик и отправьте снова.`,
      kk: `жоба басталғаннан кейін ${number}-нұсқа жарияланды. Жобаны сонымен біріктіріп, қайта жіберіңіз.`,
      en: `version ${number} was published after the draft was begun. Merge the draft with it and submit again.`,
    }),
  )
}
