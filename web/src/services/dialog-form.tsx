import type { ReactNode, SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

interface DialogFormProps {
  title: string
  submit: string
  isPending: boolean
  error: Error | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A dialog with fields, what the server refused, and its two buttons. */
export function DialogForm({ title, submit, isPending, error, onSubmit, onClose, children }: DialogFormProps) {
  const { t } = useTranslation()
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form className="form" onSubmit={send} noValidate>
        {children}
        {error === null ? null : <ProblemNotice error={error} />}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={isPending}>
            {submit}
          </button>
        </div>
      </form>
    </Modal>
  )
}
