import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'
import { api, read } from '../api/client.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

interface ResetPasswordDialogProps {
  user: { id: string; name: string }
  onClose: () => void
}

/** A new password for somebody who forgot theirs; it is shown this once. */
export function ResetPasswordDialog({ user, onClose }: ResetPasswordDialogProps) {
  const { t } = useTranslation()
  const run = useMutation({
    mutationFn: () => read(api.users[':id'].password.$post({ param: { id: user.id } })),
  })
  const isElsewhere = run.error instanceof ApiError && run.error.status === 409
  return (
    <Modal title={t('password.resetTitle', { name: user.name })} onClose={onClose}>
      <div className="form">
        {run.data === undefined ? (
          <p>{t('password.resetText')}</p>
        ) : (
          <div role="status">
            <p className="one-time-password">
              <code>{run.data.password}</code>
            </p>
            <p>{t('password.resetDone')}</p>
          </div>
        )}
        {run.error === null ? null : isElsewhere ? (
          <p className="notice notice-warn" role="alert">
            {t('password.noneOf')}
          </p>
        ) : (
          <ProblemNotice error={run.error} />
        )}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onClose}>
            {run.data === undefined ? t('common.cancel') : t('common.close')}
          </button>
          {run.data === undefined ? (
            <button
              type="button"
              className="button button-primary"
              disabled={run.isPending || isElsewhere}
              onClick={() => run.mutate()}
            >
              {t('password.resetRun')}
            </button>
          ) : null}
        </div>
      </div>
    </Modal>
  )
}
