import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useBeforeUnload, useNavigate, useParams } from 'react-router'
import { useHotkeys } from '../keyboard/hotkey.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment, todayInAlmaty } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { CommentPanel, type Selection } from './comment-panel.tsx'
import { DraftDiff } from './draft-diff.tsx'
import { DraftPreview } from './draft-preview.tsx'
import { FaultList } from './fault-list.tsx'
import { FrontMatterForm } from './front-matter-form.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { draftCheckQuery, draftQuery } from './queries.ts'
import { ReviewDialog, type ReviewAction } from './review-dialog.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { SourcePanel } from './source-panel.tsx'
import type { DraftView } from './types.ts'
import { useDraftText } from './use-draft-text.ts'

const CHECK_MS = 800
const TABS = ['Preview', 'Diff', 'Source', 'Comments'] as const
type Tab = (typeof TABS)[number]

/** Offset of a line and column (from 1) of a text. */
const offsetOf = (text: string, line: number, column: number): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((at, one) => at + one.length + 1, 0) +
  column -
  1

function DraftEditor({ draft }: { draft: DraftView }) {
  const { t } = useTranslation()
  const session = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const say = useToast()
  const id = useId()
  const [tab, setTab] = useState<Tab>(draft.may.edit ? 'Preview' : 'Diff')
  const [action, setAction] = useState<ReviewAction | null>(null)
  const [selection, setSelection] = useState<Selection | null>(null)
  const bodyRef = useRef<HTMLTextAreaElement>(null)
  const [asked, setAsked] = useState(0)
  const text = useDraftText(draft, session.id, {
    onMergedQuietly: (name) => say(t('editorial.mergedQuietly', { name })),
    onSaved: () => void queries.invalidateQueries({ queryKey: ['editorial', 'draft', draft.draftId] }),
  })
  const { content } = text
  const editable = draft.may.edit && text.local === null
  const dirty = text.status !== 'saved'
  const checked = useDebounced(content, CHECK_MS)
  const check = useQuery({
    ...draftCheckQuery(draft.draftId, checked),
    enabled: draft.state !== 'published' && draft.state !== 'discarded',
    placeholderData: (before) => before,
  })
  const faults = check.data?.items ?? []
  const preview = useDeferredValue(content.body)
  useBeforeUnload((event) => {
    if (dirty && editable) event.preventDefault()
  })

  const show = (start: number, end: number) => {
    const field = bodyRef.current
    if (field === null) return
    field.focus()
    field.setSelectionRange(start, end)
    // A text area scrolls to the caret only when somebody types: roughly, by lines.
    const line = content.body.slice(0, start).split('\n').length
    const lines = content.body.split('\n').length
    field.scrollTop = (field.scrollHeight * (line - 1)) / lines - field.clientHeight / 3
  }
  const insert = (markdown: string, label: string) => {
    const field = bodyRef.current
    const at = field?.selectionStart ?? content.body.length
    const before = content.body.slice(0, at)
    const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
    const piece = `${gap}${markdown}\n`
    text.change({ body: before + piece + content.body.slice(at) })
    say(t('editorial.inserted', { label }))
    window.requestAnimationFrame(() => field?.setSelectionRange(at + piece.length, at + piece.length))
  }
  const take = async (next: ReviewAction) => {
    const isSaved = next === 'submit' || next === 'discard' ? await text.saveNow() : true
    // A review of another text than the writer sees is worse than none.
    if (next === 'submit' && !isSaved) say(t('editorial.notSubmitted'))
    else setAction(next)
  }
  const comment = () => {
    setTab('Comments')
    setAsked(asked + 1)
  }
  useHotkeys((event) => {
    const command = event.ctrlKey || event.metaKey
    if (command && !event.altKey && event.code === 'KeyS') {
      event.preventDefault()
      void text.saveNow()
    } else if (command && !event.altKey && event.code === 'Enter' && document.activeElement === bodyRef.current) {
      event.preventDefault()
      if (draft.may.submit) void take('submit')
    } else if (command && event.altKey && event.code === 'KeyM') {
      event.preventDefault()
      comment()
    } else if (event.altKey && !command && /^Digit[1-4]$/.test(event.code)) {
      event.preventDefault()
      setTab(TABS[Number(event.code.slice(5)) - 1] ?? 'Preview')
    }
  })
  const select = () => {
    const field = bodyRef.current
    if (field === null) return
    const { selectionStart: start, selectionEnd: end } = field
    setSelection(start === end ? null : { start, end, quote: field.value.slice(start, end) })
  }

  const openComments = draft.comments.filter((one) => one.threadId === null && one.resolvedAt === null).length
  return (
    <>
      <ReviewPanel draft={draft} onAction={(next) => void take(next)} />
      {text.local === null ? null : (
        <div className="notice notice-warn" role="alert" data-testid="local-copy">
          <p className="notice-title">{t('editorial.localTitle', { when: formatMoment(text.local.at) })}</p>
          <p>{t('editorial.localText')}</p>
          <pre className="merge-taken">{text.local.content.body.slice(0, 600)}</pre>
          <div className="review-actions">
            <button type="button" className="button button-primary" onClick={text.restoreLocal}>
              {t('editorial.localRestore')}
            </button>
            <button type="button" className="button" onClick={text.dropLocal}>
              {t('editorial.localDrop')}
            </button>
          </div>
        </div>
      )}
      {draft.isOutdated && draft.current !== null ? (
        <div className="notice notice-warn" role="status">
          <p>{t('editorial.outdated', { number: String(draft.current.number) })}</p>
          {editable ? (
            <button type="button" className="button" onClick={() => void text.mergeWithPublished()}>
              {t('editorial.mergeNow')}
            </button>
          ) : null}
        </div>
      ) : null}
      {draft.impact === null ? null : (
        <div className="notice notice-warn" role="status" data-testid="draft-impact">
          <p>
            {t('impact.draftNotice', { labels: draft.impact.points, date: formatDay(draft.impact.since) })}
            {draft.impact.by === null ? '' : ` ${draft.impact.by}.`}{' '}
            <Link to={draft.impact.url}>{t('impact.whatChanged')}</Link>
          </p>
          {editable && !draft.impact.isProposal ? (
            <button type="button" className="button" onClick={() => void text.mergeWithProposal()}>
              {t('impact.mergeProposal')}
            </button>
          ) : null}
        </div>
      )}
      <FrontMatterForm content={content} disabled={!editable} slugFixed={draft.isSlugFixed} onChange={text.change} />
      <div className="draft-columns">
        <div className="draft-writing">
          <div className="draft-bar">
            <label htmlFor={`${id}-body`}>{t('editorial.body')}</label>
            {draft.may.edit ? (
              <span className="draft-status" role="status" data-status={text.status} data-testid="save-status">
                {text.status === 'saved'
                  ? t('editorial.saved', { revision: String(text.revision) })
                  : text.status === 'saving'
                    ? t('editorial.saving')
                    : text.status === 'offline'
                      ? t('editorial.offline')
                      : t('editorial.dirty')}
              </span>
            ) : null}
            {faults.length === 0 ? null : (
              <a className="fault-chip" href={`#${id}-faults`}>
                {t('editorial.faults', { count: faults.length })}
              </a>
            )}
            {editable ? (
              <button
                type="button"
                className="button button-small"
                title="Ctrl+S"
                disabled={!dirty}
                onClick={() => void text.saveNow()}
              >
                {t('editorial.saveNow')}
              </button>
            ) : null}
            <button type="button" className="button button-small" title="Ctrl+Alt+M" onClick={comment}>
              {t('editorial.comment')}
            </button>
          </div>
          {text.error === null ? null : <ProblemNotice error={text.error} />}
          <textarea
            id={`${id}-body`}
            ref={bodyRef}
            className="draft-body"
            lang={draft.lang}
            spellCheck
            maxLength={200_000}
            readOnly={!editable}
            value={content.body}
            onChange={(event) => text.change({ body: event.target.value })}
            onSelect={select}
          />
          <FaultList
            id={`${id}-faults`}
            faults={faults}
            onShow={(line, column) => {
              const at = offsetOf(content.body, line, column)
              show(at, at + 1)
            }}
          />
        </div>
        <section className="draft-side" aria-label={t('editorial.panels')}>
          <Segmented<Tab>
            label={t('editorial.panels')}
            value={tab}
            onChange={setTab}
            options={TABS.map((value, index) => ({
              value,
              label:
                value === 'Comments' && openComments > 0
                  ? `${t('editorial.tabComments')} (${openComments})`
                  : t(`editorial.tab${value}`),
              title: `Alt+${index + 1}`,
            }))}
          />
          {tab === 'Preview' ? <DraftPreview title={content.title} body={preview} lang={draft.lang} /> : null}
          {tab === 'Diff' ? <DraftDiff draftId={draft.draftId} revision={text.revision} unsaved={dirty} /> : null}
          {tab === 'Source' ? (
            <SourcePanel
              actId={content.actId}
              lang={draft.lang}
              asOf={content.validFrom !== null && content.validFrom > todayInAlmaty() ? content.validFrom : null}
              onInsert={editable ? insert : null}
            />
          ) : null}
          {tab === 'Comments' ? (
            <CommentPanel
              draftId={draft.draftId}
              asked={asked}
              comments={draft.comments}
              selection={selection}
              onShow={(place) => show(place.start, place.end)}
              onSent={() => setSelection(null)}
              beforeSend={async () => {
                if (await text.saveNow()) return text.savedRevision()
                say(t('editorial.notCommented'))
                return null
              }}
            />
          ) : null}
        </section>
      </div>
      {text.merge === null ? null : (
        <MergeDialog key={text.merge.revision} merge={text.merge} onApply={text.applyMerge} />
      )}
      {action === null ? null : (
        <ReviewDialog
          draft={draft}
          revision={text.revision}
          action={action}
          onClose={() => setAction(null)}
          onDone={(done) => {
            setAction(null)
            if (done === 'publish' && draft.articleId !== null)
              void navigate(`/articles/${encodeURIComponent(draft.articleId)}?lang=${draft.lang}`)
            if (done === 'discard') void navigate('/editorial')
          }}
        />
      )}
    </>
  )
}

/** A draft: written, commented on, reviewed. */
export function DraftPage() {
  const { t } = useTranslation()
  const { draftId = '' } = useParams()
  const draft = useQuery(draftQuery(draftId))
  usePageTitle(draft.data?.title)
  return (
    <div className="page page-draft">
      <div className="page-bar">
        <Link to="/editorial" className="back-button">
          {t('editorial.title')}
        </Link>
        {draft.data === undefined ? null : (
          <div className="page-tools">
            <LangBadge lang={draft.data.lang} />
            {draft.data.articleId === null ? null : (
              <Link to={`/articles/${encodeURIComponent(draft.data.articleId)}?lang=${draft.data.lang}`}>
                {t('editorial.openPublished')}
              </Link>
            )}
            <a href={`/api/v1/editorial/drafts/${encodeURIComponent(draftId)}/file`} download={`${draft.data.slug}.md`}>
              {t('editorial.download')}
            </a>
          </div>
        )}
      </div>
      <h1>{draft.data?.title ?? t('editorial.title')}</h1>
      {draft.error === null || draft.data !== undefined ? null : (
        <ProblemNotice error={draft.error} onRetry={() => void draft.refetch()} />
      )}
      {draft.isPending ? <Skeleton rows={4} kind="text" /> : null}
      {draft.data === undefined ? null : <DraftEditor key={draftId} draft={draft.data} />}
    </div>
  )
}
