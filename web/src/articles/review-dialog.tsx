import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, read } from '../api/client.ts'
import type { Version } from '../api/types.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { ValidityNote } from './validity-note.tsx'

/** What an editor may do with a version of the history. */
export type VersionAction = 'publish' | 'withdraw' | 'rollback'

interface ReviewDialogProps {
  version: Version
  action: VersionAction
  onClose: () => void
}

const SHORTEST_REASON = 3

/** Publishes a text of ingestion, withdraws a published version, or brings back the text of an earlier one. */
export function ReviewDialog({ version, action, onClose }: ReviewDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const [needReason, setNeedReason] = useState(false)
  const param = { id: version.articleId, versionId: version.versionId }
  const run = useMutation({
    mutationFn: async () => {
      const json = { reason: reason.trim() }
      if (action === 'publish') await read(api.articles[':id'].versions[':versionId'].publish.$post({ param }))
      else if (action === 'withdraw')
        await read(api.articles[':id'].versions[':versionId'].withdraw.$post({ param, json }))
      else {
        const versionId = version.versionId
        const draft = await read(
          api.articles[':id'].rollback.$post({ param: { id: version.articleId }, json: { ...json, versionId } }),
        )
        void navigate(`/editorial/drafts/${encodeURIComponent(draft.draftId)}`)
      }
    },
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (action !== 'publish' && reason.trim().length < SHORTEST_REASON) setNeedReason(true)
    else run.mutate()
  }
  const number = String(version.number)
  return (
    <Modal
      title={
        action === 'publish'
          ? t('article.publishTitle', { number })
          : action === 'withdraw'
            ? t('article.withdrawTitle', { number })
            : t('editorial.rollbackTitle', { number })
      }
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <p>
          {action === 'publish'
            ? t('article.publishText')
            : action === 'withdraw'
              ? t('article.withdrawText')
              : t('editorial.rollbackText')}
        </p>
        {action === 'publish' ? (
          <p>
            <ValidityNote version={version} />
          </p>
        ) : (
          <div className="form-field">
            <label htmlFor="reason">{action === 'withdraw' ? t('article.withdrawReason') : t('article.reason')}</label>
            <textarea
              id="reason"
              rows={3}
              maxLength={500}
              value={reason}
              aria-invalid={needReason}
              aria-describedby="reason-error"
              onChange={(event) => {
                setReason(event.target.value)
                setNeedReason(false)
              }}
            />
            <p id="reason-error" className="form-error">
              {needReason ? t('article.needReason') : null}
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
            className={`button ${action === 'withdraw' ? 'button-danger' : 'button-primary'}`}
            disabled={run.isPending}
          >
            {action === 'publish'
              ? t('article.publish')
              : action === 'withdraw'
                ? t('article.withdraw')
                : t('editorial.rollback')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
