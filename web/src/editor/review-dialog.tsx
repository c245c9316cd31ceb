import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { DraftView } from './types.ts'

export type ReviewAction = 'submit' | 'approve' | 'requestChanges' | 'recall' | 'publish' | 'discard'

interface ReviewDialogProps {
  draft: DraftView
  /** The saved text that is meant. */
  revision: number
  action: ReviewAction
  onClose: () => void
  onDone: (action: ReviewAction) => void
}

const SHORTEST_NOTE = 3
const drafts = api.editorial.drafts[':id']

function perform(draft: DraftView, revision: number, action: ReviewAction, note: string | null) {
  const param = { id: draft.draftId }
  const versionId = draft.versionId ?? ''
  switch (action) {
    case 'submit':
      return read(drafts.submit.$post({ param, json: { revision, note } }))
    case 'approve':
      return read(drafts.approve.$post({ param, json: { versionId, note } }))
    case 'requestChanges':
      return read(drafts['request-changes'].$post({ param, json: { versionId, note: note ?? '' } }))
    case 'recall':
      return read(drafts.recall.$post({ param, json: { versionId } }))
    case 'publish':
      return read(drafts.publish.$post({ param, json: { versionId } }))
    case 'discard':
      return read(drafts.discard.$post({ param, json: { revision, reason: note } }))
  }
}

/** The day a draft is to begin on, when it is still to come. */
export const scheduledDay = (draft: DraftView): string | null =>
  draft.content.validFrom !== null && draft.content.validFrom > todayInAlmaty() ? draft.content.validFrom : null

/** Says what a step of the review does, asks for a word where one is due, and takes it. */
export function ReviewDialog({ draft, revision, action, onClose, onDone }: ReviewDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const id = useId()
  const [note, setNote] = useState('')
  const [needNote, setNeedNote] = useState(false)
  const later = scheduledDay(draft)
  const date = later === null ? '' : formatDay(later)
  const scheduled = action === 'publish' && later !== null
  const title = scheduled ? t('editorial.schedule', { date }) : t(`editorial.${action}`)
  const explanation = scheduled ? t('editorial.scheduleText', { date }) : t(`editorial.${action}Text`)
  const run = useMutation({
    mutationFn: () => perform(draft, revision, action, note.trim() === '' ? null : note.trim()),
    onSuccess: async (now) => {
      queries.setQueryData(['editorial', 'draft', draft.draftId], now)
      onDone(action)
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['editorial', 'draft', draft.draftId] }),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (action === 'requestChanges' && note.trim().length < SHORTEST_NOTE) setNeedNote(true)
    else run.mutate()
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{explanation}</p>
        {action === 'publish' || action === 'recall' ? null : (
          <div className="form-field">
            <label htmlFor={id}>{t('editorial.note')}</label>
            <textarea
              id={id}
              rows={3}
              maxLength={2000}
              value={note}
              aria-invalid={needNote}
              aria-describedby={`${id}-error`}
              onChange={(event) => {
                setNote(event.target.value)
                setNeedNote(false)
              }}
            />
            <p id={`${id}-error`} className="form-error">
              {needNote ? t('editorial.needNote') : null}
            </p>
          </div>
        )}
        {run.error === null ? null : <ProblemNotice error={run.error} />}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button
            type="submit"
            className={`button ${action === 'discard' ? 'button-danger' : 'button-primary'}`}
            disabled={run.isPending}
          >
            {title}
          </button>
        </div>
      </form>
    </Modal>
  )
}
