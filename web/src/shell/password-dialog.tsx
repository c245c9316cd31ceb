import { useMutation } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'
import { changePassword } from '../api/sign-in.ts'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'

const SHORTEST = 12
type Fault = 'wrong' | 'short' | 'same' | 'none' | 'throttled'

const faultOf = (error: unknown): Fault | null => {
  if (!(error instanceof ApiError)) return null
  if (error.status === 429) return 'throttled'
  if (error.status === 409) return 'none'
  return error.faults.some(({ path }) => path === 'json.currentPassword') ? 'wrong' : null
}

/** A person's own password. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const say = useToast()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [local, setLocal] = useState<Fault | null>(null)
  const run = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      say(t('password.done'))
      onClose()
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const fault = next.length < SHORTEST ? 'short' : next === current ? 'same' : null
    setLocal(fault)
    if (fault === null) run.mutate()
  }
  const fault = local ?? faultOf(run.error)
  const isAboutNew = fault === 'short' || fault === 'same'
  return (
    <Modal title={t('password.title')} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <div className="form-field">
          <label htmlFor="current-password">{t('password.current')}</label>
          <input
            id="current-password"
            type="password"
            autoComplete="current-password"
            value={current}
            autoFocus
            aria-invalid={fault === 'wrong'}
            aria-describedby="current-password-error"
            onChange={(event) => setCurrent(event.target.value)}
          />
          <p id="current-password-error" className="form-error" role="alert">
            {fault === null || isAboutNew ? null : t(`password.${fault}`)}
          </p>
        </div>
        <div className="form-field">
          <label htmlFor="new-password">{t('password.next')}</label>
          <input
            id="new-password"
            type="password"
            autoComplete="new-password"
            value={next}
            aria-invalid={isAboutNew}
            aria-describedby="new-password-hint new-password-error"
            onChange={(event) => setNext(event.target.value)}
          />
          <p id="new-password-hint" className="muted">
            {t('password.hint')}
          </p>
          <p id="new-password-error" className="form-error" role="alert">
            {isAboutNew ? t(`password.${fault}`) : null}
          </p>
        </div>
        {run.error === null || fault !== null ? null : <ProblemNotice error={run.error} />}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={run.isPending || current === ''}>
            {t('password.save')}
          </button>
        </div>
      </form>
    </Modal>
  )
}
