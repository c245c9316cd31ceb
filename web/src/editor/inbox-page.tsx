import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { api, read } from '../api/client.ts'
import { TermOf } from '../calendar/term-of.tsx'
import { TieDialog } from '../sample-questions/tie-dialog.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { asOnePage, PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useToast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AffectedAnswers } from './affected-answers.tsx'
import { EditorialNav } from './editorial-nav.tsx'
import { ImpactTask } from './impact-task.tsx'
import { TaskComplaints } from './task-complaints.tsx'
import { brokenQuery, draftListQuery, staleQuery, taskListQuery } from './queries.ts'
import type { Task } from './types.ts'

const TABS = ['tasks', 'drafts', 'stale', 'broken', 'answers'] as const
type Tab = (typeof TABS)[number]
const isTab = (value: string | null): value is Tab => TABS.some((tab) => tab === value)

const articleHref = (item: { articleId: string; lang: string }) =>
  `/articles/${encodeURIComponent(item.articleId)}?lang=${item.lang}`
const draftHref = (draftId: string) => `/editorial/drafts/${encodeURIComponent(draftId)}`

/** Why a published text is not seen: its service is not open on its day (п. 23). */
function ClosedServiceLine({ detail }: { detail: Task['detail'] }) {
  const { t } = useTranslation()
  const { serviceId = '', service = '', begins = '', opens } = detail
  const said = { service: String(service), begins: formatDay(String(begins)) }
  return (
    <p className="task-why">
      {opens === undefined
        ? t('editorial.closedOpen', said)
        : t('editorial.closedUntil', { ...said, opens: formatDay(String(opens)) })}{' '}
      <Link to={`/services/${encodeURIComponent(String(serviceId))}`}>{String(service)}</Link>
    </p>
  )
}

/** How often an answer was faulted since the task was opened, what was asked last, and the way to its record. */
function FeedbackLine({ detail }: { detail: Task['detail'] }) {
  const { t } = useTranslation()
  const { wrong = 0, incomplete = 0, gap = 0, question, answerId, times } = detail
  // Opened from what people look for, not from what they say of an answer.
  if (times !== undefined)
    return (
      <p className="task-why">
        {t('queryLog.times', { count: Number(times) })}
        {' · '}
        <Link to="/query-log?list=tasked">{t('queryLog.title')}</Link>
      </p>
    )
  return (
    <p className="task-why">
      {t('feedback.count', { wrong: String(wrong), incomplete: String(incomplete), gap: String(gap) })}
      {question === undefined ? '' : ` · «${question}»`}
      {answerId === undefined ? null : (
        <>
          {' · '}
          <Link to={`/answers/${encodeURIComponent(String(answerId))}`}>{t('feedback.record')}</Link>
        </>
      )}
    </p>
  )
}

/** How the term of what a changed act asks for is counted, or that it is not: it ends with the day of entry into force. */
function ImpactTerm({ task }: { task: Task }) {
  const { t } = useTranslation()
  const { point, dueOn } = task
  const { from, workingDays, since } = task.detail
  if (point !== null && dueOn !== null && typeof from === 'string' && typeof workingDays === 'number')
    return <TermOf point={point} from={from} workingDays={workingDays} dueOn={dueOn} isRecounted />
  return dueOn !== null && since === dueOn ? <p className="muted">{t('calendar.onForce')}</p> : null
}

function TaskRow({ task }: { task: Task }) {
  const { t } = useTranslation()
  const session = useSession()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['editorial', 'tasks'] })
  const assign = useMutation({
    mutationFn: (assigneeId: string | null) =>
      read(
        api.editorial.tasks[':id'].assign.$post({
          param: { id: task.taskId },
          json: { assigneeId, was: task.assignee?.id ?? null },
        }),
      ),
    onSettled: refresh,
  })
  const done = useMutation({
    mutationFn: () => read(api.editorial.tasks[':id'].done.$post({ param: { id: task.taskId } })),
    onSettled: refresh,
  })
  const [tying, setTying] = useState(false)
  const writes = session.role === 'editor' || session.role === 'admin'
  /** What people asked and were not answered, or not rightly. */
  const asked = task.kind === 'gap' ? task.title : task.kind === 'feedback' ? String(task.detail['question'] ?? '') : ''
  const { serviceId, cause, stage } = task.detail
  const href =
    task.kind === 'deadline' && typeof serviceId === 'string'
      ? `/services/${encodeURIComponent(serviceId)}`
      : task.draftId !== null
        ? draftHref(task.draftId)
        : task.articleId !== null
          ? articleHref({ articleId: task.articleId, lang: task.lang ?? 'ru' })
          : null
  const { reason, note, first } = task.detail
  const why =
    reason === 'review-due' || reason === 'source-changed' || reason === 'ends' || reason === 'proposed'
      ? t(`editorial.reason.${reason}`)
      : task.kind === 'deadline'
        ? [
            t(stage === 'overdue' ? 'editorial.reason.deadline-overdue' : 'editorial.reason.deadline-soon'),
            task.point,
            cause,
          ]
            .filter((part) => part !== undefined && part !== null)
            .join(' · ')
        : String(note ?? first ?? '')
  /** What is new beside an article’s points is an editor’s to judge. */
  const isJudged = task.detail['mode'] === 'neighbour'
  const mine = task.assignee?.id === session.id
  const error = assign.error ?? done.error
  return (
    <li className="task" data-testid="task">
      <div className="task-head">
        <span className="state">{t(`editorial.kind.${task.kind}`)}</span>
        {href === null ? <span>{task.title}</span> : <Link to={href}>{task.title}</Link>}
        {task.lang === null ? null : <LangBadge lang={task.lang} />}
        {task.dueOn === null ? null : (
          <span className={task.isOverdue ? 'state state-withdrawn' : 'muted'}>
            {t('editorial.dueOn', { date: formatDay(task.dueOn) })}
            {task.isOverdue ? `, ${t('editorial.overdue')}` : ''}
          </span>
        )}
      </div>
      {task.kind === 'impact' ? <ImpactTerm task={task} /> : null}
      {task.kind === 'impact' ? <ImpactTask task={task} /> : null}
      {task.kind === 'service-closed' ? <ClosedServiceLine detail={task.detail} /> : null}
      {why === '' ? null : <p className="task-why">{why}</p>}
      {task.kind === 'feedback' || task.kind === 'gap' ? <FeedbackLine detail={task.detail} /> : null}
      {(task.kind === 'feedback' || task.kind === 'gap') && task.detail['answerId'] !== undefined ? (
        <TaskComplaints taskId={task.taskId} />
      ) : null}
      <div className="task-foot">
        <span className="muted">
          {formatMoment(task.createdAt)}
          {task.assignee === null ? '' : ` · ${t('editorial.takenBy', { name: task.assignee.name })}`}
        </span>
        {mine ? (
          <button type="button" className="link-button" onClick={() => assign.mutate(null)}>
            {t('editorial.giveBack')}
          </button>
        ) : task.assignee === null ? (
          <button type="button" className="link-button" onClick={() => assign.mutate('me')}>
            {t('editorial.take')}
          </button>
        ) : null}
        {asked === '' || !writes ? null : (
          <button type="button" className="link-button" onClick={() => setTying(true)}>
            {t('queryLog.tie')}
          </button>
        )}
        {task.endsByItself ? null : (
          <button type="button" className="link-button" onClick={() => done.mutate()}>
            {t(isJudged ? 'impact.notNeeded' : 'editorial.done')}
          </button>
        )}
      </div>
      {error === null ? null : <ProblemNotice error={error} />}
      {tying ? (
        <TieDialog
          question={asked}
          lang={task.lang ?? 'ru'}
          closeLabel={t('questions.closeTask')}
          onClose={() => setTying(false)}
          onCloseGap={async () => {
            await read(api.editorial.tasks[':id'].done.$post({ param: { id: task.taskId } }))
            void refresh()
          }}
        />
      ) : null}
    </li>
  )
}

function Mine({ value, onChange }: { value: boolean; onChange: (mine: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Segmented<'all' | 'mine'>
      label={t('editorial.mine')}
      value={value ? 'mine' : 'all'}
      onChange={(next) => onChange(next === 'mine')}
      options={[
        { value: 'all', label: t('editorial.everybody') },
        { value: 'mine', label: t('editorial.mine') },
      ]}
    />
  )
}

function Tasks() {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const [mine, setMine] = useState(false)
  const list = useInfiniteQuery({ ...taskListQuery(mine), refetchInterval: 30_000 })
  const recheck = useMutation({
    mutationFn: async (input: { aloud: boolean }) => ({ ...(await read(api.editorial.checks.$post({}))), ...input }),
    onSuccess: async ({ opened, closed, aloud }) => {
      if (aloud) say(t('editorial.rechecked', { opened: String(opened), closed: String(closed) }))
      if (opened + closed > 0) await queries.invalidateQueries({ queryKey: ['editorial', 'tasks'] })
    },
  })
  // Whoever opens the desk finds it up to date; it changes nothing when it is.
  const run = useRef(recheck.mutate)
  useEffect(() => run.current({ aloud: false }), [])
  return (
    <>
      <div className="desk-bar">
        <Mine value={mine} onChange={setMine} />
        <button
          type="button"
          className="button"
          disabled={recheck.isPending}
          onClick={() => recheck.mutate({ aloud: true })}
        >
          {t('editorial.recheck')}
        </button>
      </div>
      <PagedList list={list} rows={4} empty={t('editorial.none')}>
        {(items) => (
          <ul className="tasks">
            {items.map((task) => (
              <TaskRow key={task.taskId} task={task} />
            ))}
          </ul>
        )}
      </PagedList>
    </>
  )
}

function Drafts() {
  const { t } = useTranslation()
  const [mine, setMine] = useState(false)
  const list = useInfiniteQuery({ ...draftListQuery({ mine, articleId: null }), refetchInterval: 30_000 })
  return (
    <>
      <div className="desk-bar">
        <Mine value={mine} onChange={setMine} />
      </div>
      <PagedList list={list} rows={4} empty={t('editorial.none')}>
        {(items) => (
          <ul className="tasks">
            {items.map((draft) => (
              <li key={draft.draftId} className="task">
                <div className="task-head">
                  <span className={`state state-${draft.state}`}>{t(`editorial.state.${draft.state}`)}</span>
                  <Link to={draftHref(draft.draftId)}>{draft.title === '' ? draft.draftId : draft.title}</Link>
                  <LangBadge lang={draft.lang} />
                </div>
                <div className="task-foot">
                  <span className="muted">
                    {formatMoment(draft.updatedAt)} · {draft.updatedBy.name}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </>
  )
}

function Stale() {
  const { t } = useTranslation()
  const list = useQuery(staleQuery)
  return (
    <PagedList list={asOnePage(list)} rows={4} empty={t('editorial.none')}>
      {(items) => (
        <ul className="tasks">
          {items.map((item) => (
            <li key={`${item.versionId}${item.reason}`} className="task">
              <div className="task-head">
                <span className={item.isOverdue ? 'state state-withdrawn' : 'state state-draft'}>
                  {formatDay(item.dueOn)}
                </span>
                <Link to={articleHref(item)}>{item.title}</Link>
                <LangBadge lang={item.lang} />
              </div>
              <p className="task-why">{t(`editorial.reason.${item.reason}`)}</p>
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}

function Broken() {
  const { t } = useTranslation()
  const list = useQuery(brokenQuery)
  return (
    <>
      {list.data === undefined ? null : <p className="muted">{t('editorial.checked', { count: list.data.checked })}</p>}
      <PagedList list={asOnePage(list)} rows={4} empty={t('editorial.none')}>
        {(items) => (
          <ul className="tasks">
            {items.map((item, index) => (
              <li key={index} className="task">
                <div className="task-head">
                  <Link to={articleHref(item)}>{item.title}</Link>
                  <LangBadge lang={item.lang} />
                  <span className="muted">
                    {t('editorial.atLine', { line: String(item.line), column: String(item.column) })}
                  </span>
                </div>
                <p className="task-why">{item.message}</p>
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </>
  )
}

/** The editors' desk: what waits, what is being written, what has grown old, what leads nowhere. */
export function InboxPage() {
  const { t } = useTranslation()
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const given = params.get('tab')
  const tab: Tab = isTab(given) ? given : 'tasks'
  usePageTitle(t('editorial.title'))
  const writes = session.role === 'editor' || session.role === 'admin'
  if (!writes && session.role !== 'supervisor') return <NotFoundPage />
  return (
    <div className="page page-list">
      <EditorialNav />
      <div className="desk-head">
        <h1>{t('editorial.title')}</h1>
        {writes ? (
          <Link to="/editorial/new" className="button button-primary">
            {t('editorial.newArticle')}
          </Link>
        ) : null}
      </div>
      <Segmented<Tab>
        label={t('editorial.title')}
        value={tab}
        onChange={(next) => setParams(next === 'tasks' ? {} : { tab: next }, { replace: true })}
        options={TABS.map((value) => ({
          value,
          label: value === 'answers' ? t('impact.answers') : t(`editorial.${value}`),
        }))}
      />
      {tab === 'tasks' ? <Tasks /> : null}
      {tab === 'drafts' ? <Drafts /> : null}
      {tab === 'stale' ? <Stale /> : null}
      {tab === 'broken' ? <Broken /> : null}
      {tab === 'answers' ? <AffectedAnswers /> : null}
    </div>
  )
}
