import { useMutation } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { LoggedQuery } from './types.ts'

interface CloseDialogProps {
  query: LoggedQuery
  onClosed: () => void
  onCancel: () => void
}

/** Says that a question needs nothing, and why. */
export function CloseDialog({ query, onClosed, onCancel }: CloseDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const [reason, setReason] = useState('')
  const run = useMutation({
    mutationFn: () =>
      read(api['query-log'].dismissals.$post({ json: { key: query.key, lang: query.lang, reason: reason.trim() } })),
    onSuccess: onClosed,
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    run.mutate()
  }
  return (
    <Modal title={t('queryLog.closeTitle')} onClose={onCancel}>
      <form className="form" onSubmit={submit}>
        <p>«{query.text}»</p>
        <p className="muted">{t('queryLog.closeText')}</p>
        <div className="form-field">
          <label htmlFor={id}>{t('queryLog.reason')}</label>
          <input
            id={id}
            type="text"
            required
            minLength={3}
            maxLength={500}
            autoFocus
            value={reason}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setReason(event.target.value)}
          />
          <p id={`${id}-hint`} className="muted">
            {t('queryLog.reasonHint')}
          </p>
        </div>
        {run.error === null ? null : <ProblemNotice error={run.error} />}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onCancel}>
            {t('common.cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={run.isPending}>
            {t('queryLog.close')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
