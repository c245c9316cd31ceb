import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import type { Version } from '../api/types.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { ValidityNote } from './validity-note.tsx'

interface ReviewDialogProps {
  version: Version
  action: 'publish' | 'withdraw'
  onClose: () => void
}

const SHORTEST_REASON = 3

/** Publishes a draft or withdraws a published version. */
export function ReviewDialog({ version, action, onClose }: ReviewDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [needReason, setNeedReason] = useState(false)
  const param = { id: version.articleId, versionId: version.versionId }
  const run = useMutation({
    mutationFn: () =>
      action === 'publish'
        ? read(api.articles[':id'].versions[':versionId'].publish.$post({ param }))
        : read(api.articles[':id'].versions[':versionId'].withdraw.$post({ param, json: { reason: reason.trim() } })),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (action === 'withdraw' && reason.trim().length < SHORTEST_REASON) setNeedReason(true)
    else run.mutate()
  }
  const number = String(version.number)
  return (
    <Modal
      title={action === 'publish' ? t('article.publishTitle', { number }) : t('article.withdrawTitle', { number })}
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <p>{action === 'publish' ? t('article.publishText') : t('article.withdrawText')}</p>
        {action === 'publish' ? (
          <p>
            <ValidityNote version={version} />
          </p>
        ) : (
          <div className="form-field">
            <label htmlFor="reason">{t('article.withdrawReason')}</label>
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
            className={`button ${action === 'publish' ? 'button-primary' : 'button-danger'}`}
            disabled={run.isPending}
          >
            {action === 'publish' ? t('article.publish') : t('article.withdraw')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
