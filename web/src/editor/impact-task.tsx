import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { articleDiffQuery } from '../api/queries.ts'
import type { DiffPart } from '../api/types.ts'
import { plainDiff } from '../articles/plain-diff.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { DiffText } from '../ui/diff-text.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { impactDayKey } from './impact-day-key.ts'
import { draftDiffQuery } from './queries.ts'
import type { Task } from './types.ts'

const LISTS = ['moved', 'replaced', 'added', 'excluded', 'paraphrased', 'unheld'] as const

function TitleAndText({ title, parts }: { title: readonly DiffPart[]; parts: readonly DiffPart[] }) {
  return (
    <>
      {title.some((part) => part.kind !== 'same') ? <DiffText parts={title} /> : null}
      <DiffText parts={plainDiff(parts)} />
    </>
  )
}

function VersionChanges({ articleId, from, to }: { articleId: string; from: string; to: string }) {
  const diff = useQuery(articleDiffQuery(articleId, from, to))
  if (diff.error !== null) return <ProblemNotice error={diff.error} />
  if (diff.data === undefined) return <Skeleton rows={2} kind="text" />
  return <TitleAndText title={diff.data.title} parts={diff.data.parts} />
}

function DraftChanges({ draftId }: { draftId: string }) {
  const diff = useQuery(draftDiffQuery(draftId, 0))
  if (diff.error !== null) return <ProblemNotice error={diff.error} />
  if (diff.data === undefined) return <Skeleton rows={2} kind="text" />
  return <TitleAndText title={diff.data.title} parts={diff.data.parts} />
}

/** What a changed act asks of an article: which points, from when, the proposed text, and who may publish it. */
export function ImpactTask({ task }: { task: Task }) {
  const { t } = useTranslation()
  const session = useSession()
  const say = useToast()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const { mode, points, since, known, url, by, madeBy, baseVersionId, serviceId } = task.detail
  const publish = useMutation({
    mutationFn: async () => {
      await read(
        api.articles[':id'].versions[':versionId'].publish.$post({
          param: { id: task.articleId ?? '', versionId: task.versionId ?? '' },
        }),
      )
      await read(api.editorial.checks.$post({}))
    },
    onSuccess: () => say(t('impact.published')),
    onSettled: () => queries.invalidateQueries(),
  })
  const end = useMutation({
    mutationFn: async () => {
      await read(
        api.articles[':id'].versions[':versionId'].end.$post({
          param: { id: task.articleId ?? '', versionId: task.versionId ?? '' },
        }),
      )
      await read(api.editorial.checks.$post({}))
    },
    onSuccess: () => say(t('impact.ended')),
    onSettled: () => queries.invalidateQueries(),
  })
  const edits = session.role === 'editor' || session.role === 'admin'
  const isVersion = mode === 'version'
  const isEnding = mode === 'ending'
  const diff = isVersion
    ? typeof baseVersionId === 'string' && task.articleId !== null && task.versionId !== null
    : task.draftId !== null
  return (
    <div className="task-impact" data-testid="impact-task" data-mode={mode}>
      {mode === 'nobody' ? <p>{t('impact.nobodyTask')}</p> : null}
      {isEnding ? (
        <p>{t(task.detail['moved'] === undefined ? 'impact.endingTask' : 'impact.endingMovedTask')}</p>
      ) : null}
      {mode === 'neighbour' ? (
        <p>{t('impact.neighbourTask', { beside: String(task.detail['beside'] ?? '') })}</p>
      ) : null}
      <p>
        {points === '' || points === undefined ? null : (
          <>
            {t(mode === 'neighbour' ? 'impact.newPoints' : 'impact.points')}: {points} ·{' '}
          </>
        )}
        {typeof since === 'string'
          ? t(impactDayKey({ isEnding, known: known !== 0, since, today: todayInAlmaty() }), { date: formatDay(since) })
          : null}
        {by === undefined ? '' : ` (${by})`}{' '}
        {typeof url === 'string' ? <Link to={url}>{t('impact.whatChanged')}</Link> : null}
      </p>
      {LISTS.map((name) =>
        task.detail[name] === undefined ? null : (
          <p key={name} className={name === 'paraphrased' || name === 'unheld' ? 'task-why' : 'muted'}>
            {t(`impact.${name}`)}: {task.detail[name]}
          </p>
        ),
      )}
      <div className="services-tools">
        {task.draftId === null ? null : (
          <Link to={`/editorial/drafts/${encodeURIComponent(task.draftId)}`}>{t('impact.openDraft')}</Link>
        )}
        {mode === 'neighbour' && task.articleId !== null ? (
          <Link to={`/articles/${encodeURIComponent(task.articleId)}?lang=${task.lang ?? 'ru'}`}>
            {t('impact.openArticle')}
          </Link>
        ) : null}
        {typeof serviceId === 'string' ? (
          <Link to={`/services/${encodeURIComponent(serviceId)}`}>{t('impact.openService')}</Link>
        ) : null}
        {diff ? (
          <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('impact.showDiff')}
          </button>
        ) : null}
        {isVersion && edits && madeBy !== session.id ? (
          <button
            type="button"
            className="button button-small button-primary"
            disabled={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t('impact.publish')}
          </button>
        ) : null}
        {isEnding && known === 0 ? <span className="muted">{t('impact.endNeedsDay')}</span> : null}
        {isEnding && known !== 0 && edits && madeBy !== session.id ? (
          <button
            type="button"
            className="button button-small button-primary"
            disabled={end.isPending}
            onClick={() => end.mutate()}
          >
            {t('impact.end')}
          </button>
        ) : null}
        {isEnding && madeBy === session.id ? <span className="muted">{t('impact.notYouEnd')}</span> : null}
        {isVersion && madeBy === session.id ? <span className="muted">{t('impact.notYou')}</span> : null}
      </div>
      {open && isVersion && typeof baseVersionId === 'string' ? (
        <VersionChanges articleId={task.articleId ?? ''} from={baseVersionId} to={task.versionId ?? ''} />
      ) : null}
      {open && !isVersion && task.draftId !== null ? <DraftChanges draftId={task.draftId} /> : null}
      {publish.error === null ? null : <ProblemNotice error={publish.error} />}
      {end.error === null ? null : <ProblemNotice error={end.error} />}
    </div>
  )
}
