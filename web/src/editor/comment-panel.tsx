import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { DraftComment } from './types.ts'

export interface Selection {
  start: number
  end: number
  quote: string
}

interface CommentPanelProps {
  draftId: string
  /** Counts how often the field was asked for: each time it takes the focus. */
  asked: number
  comments: readonly DraftComment[]
  selection: Selection | null
  onShow: (place: { start: number; end: number }) => void
  onSent: () => void
  /** Saves first, so that the range is of a text that the server has: its revision. Null: not saved, and said so. */
  beforeSend: () => Promise<number | null>
}

function Reply({ draftId, threadId, onSent }: { draftId: string; threadId: string; onSent: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () =>
      read(api.editorial.drafts[':id'].comments.$post({ param: { id: draftId }, json: { text, threadId } })),
    onSuccess: () => {
      setText('')
      onSent()
    },
  })
  return (
    <form
      className="comment-reply"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') send.mutate()
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {t('editorial.reply')}
      </label>
      <input id={id} type="text" maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" className="button button-small" disabled={send.isPending}>
        {t('editorial.reply')}
      </button>
    </form>
  )
}

/** Comments on passages of the draft, as threads; resolved ones fold away. */
export function CommentPanel({ draftId, asked, comments, selection, onShow, onSent, beforeSend }: CommentPanelProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const id = useId()
  const [text, setText] = useState('')
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (asked > 0) fieldRef.current?.focus()
  }, [asked])
  const refresh = async () => queries.invalidateQueries({ queryKey: ['editorial', 'draft', draftId] })
  const send = useMutation({
    mutationFn: async () => {
      const revision = await beforeSend()
      if (revision === null) return null
      return read(
        api.editorial.drafts[':id'].comments.$post({
          param: { id: draftId },
          json: {
            text,
            range: selection === null ? null : { start: selection.start, end: selection.end, revision },
          },
        }),
      )
    },
    onSuccess: async (sent) => {
      if (sent === null) return
      setText('')
      onSent()
      await refresh()
    },
  })
  const resolve = useMutation({
    mutationFn: (input: { commentId: string; resolved: boolean }) =>
      read(
        api.editorial.drafts[':id'].comments[':commentId'].resolve.$post({
          param: { id: draftId, commentId: input.commentId },
          json: { resolved: input.resolved },
        }),
      ),
    onSettled: refresh,
  })
  const threads = comments.filter((comment) => comment.threadId === null)
  const open = threads.filter((thread) => thread.resolvedAt === null)
  const resolved = threads.filter((thread) => thread.resolvedAt !== null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (text.trim() !== '') send.mutate()
  }
  const thread = (comment: DraftComment) => (
    <li key={comment.commentId} className="comment" data-resolved={comment.resolvedAt !== null} data-testid="comment">
      {comment.quote === null ? null : (
        <blockquote className="comment-quote">
          {comment.quote}
          {comment.place === null ? <span className="muted"> — {t('editorial.gone')}</span> : null}
          {comment.place?.state === 'changed' ? <span className="muted"> — {t('editorial.changed')}</span> : null}
        </blockquote>
      )}
      {[comment, ...comments.filter((other) => other.threadId === comment.commentId)].map((said) => (
        <div key={said.commentId} className="comment-said">
          <p className="comment-who">
            {said.createdBy.name} · {formatMoment(said.createdAt)}
          </p>
          <p>{said.text}</p>
        </div>
      ))}
      <div className="comment-tools">
        {comment.place === null ? null : (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              if (comment.place !== null) onShow(comment.place)
            }}
          >
            {t('editorial.showInText')}
          </button>
        )}
        <button
          type="button"
          className="link-button"
          onClick={() => resolve.mutate({ commentId: comment.commentId, resolved: comment.resolvedAt === null })}
        >
          {comment.resolvedAt === null ? t('editorial.resolve') : t('editorial.reopen')}
        </button>
        {comment.resolvedBy === null ? null : (
          <span className="muted">{t('editorial.resolvedBy', { name: comment.resolvedBy.name })}</span>
        )}
      </div>
      {comment.resolvedAt === null ? (
        <Reply draftId={draftId} threadId={comment.commentId} onSent={() => void refresh()} />
      ) : null}
    </li>
  )
  return (
    <div className="comment-panel">
      <form className="form" onSubmit={submit}>
        <div className="form-field">
          <label htmlFor={id}>
            {selection === null
              ? t('editorial.commentAll')
              : t('editorial.commentAbout', {
                  quote: selection.quote.length > 80 ? `${selection.quote.slice(0, 80)}…` : selection.quote,
                })}
          </label>
          <textarea
            id={id}
            ref={fieldRef}
            rows={2}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
            }}
          />
        </div>
        {send.error === null ? null : <ProblemNotice error={send.error} />}
        <div>
          <button type="submit" className="button button-small" disabled={send.isPending}>
            {t('editorial.commentSend')}
          </button>
        </div>
      </form>
      {threads.length === 0 ? <p className="muted">{t('editorial.commentHint')}</p> : null}
      <ul className="comments">{open.map(thread)}</ul>
      {resolved.length === 0 ? null : <ul className="comments comments-resolved">{resolved.map(thread)}</ul>}
    </div>
  )
}
