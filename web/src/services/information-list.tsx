import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { useToast } from '../ui/toast.tsx'
import { DialogForm } from './dialog-form.tsx'
import { PROTECTIONS, ProtectionField, type Protection } from './protection-field.tsx'
import { refreshServices } from './queries.ts'
import { mayWrite } from './service-roles.ts'
import { TextField } from './text-field.tsx'
import type { Service } from './types.ts'

type Information = NonNullable<Service['details']>['information'][number]

function TellDialog({ serviceId, onClose }: { serviceId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [text, setText] = useState('')
  const [protection, setProtection] = useState<Protection>('none')
  const [tried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: () =>
      read(
        api.services[':id'].information.$post({ param: { id: serviceId }, json: { text: text.trim(), protection } }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('gate.told'))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('gate.tellTitle')}
      submit={t('gate.tellRun')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (text.trim() !== '') run.mutate()
      }}
    >
      <TextField
        label={t('gate.tellText')}
        value={text}
        onChange={setText}
        rows={6}
        maxLength={20_000}
        error={tried && text.trim() === '' ? t('services.fillIn') : null}
      />
      <ProtectionField value={protection} onChange={setProtection} />
    </DialogForm>
  )
}

const WITHDRAW = 'withdraw'

function MarkDialog({ serviceId, one, onClose }: { serviceId: string; one: Information; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const id = useId()
  const others = PROTECTIONS.filter((protection) => protection !== one.protection)
  const [mark, setMark] = useState<string>(others[0] ?? WITHDRAW)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < 3
  const run = useMutation({
    mutationFn: () =>
      read(
        api.services[':id'].information[':informationId'].mark.$post({
          param: { id: serviceId, informationId: one.id },
          json: { protection: others.find((protection) => protection === mark) ?? null, reason: reason.trim() },
        }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('gate.marked'))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('gate.markTitle')}
      submit={t('gate.markRun')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isShort) run.mutate()
      }}
    >
      <p className="muted">{one.text}</p>
      <div className="form-field">
        <label htmlFor={id}>{t('gate.protection')}</label>
        <select id={id} value={mark} onChange={(event) => setMark(event.target.value)}>
          {others.map((protection) => (
            <option key={protection} value={protection}>
              {t(`gate.protection_${protection}`)}
            </option>
          ))}
          <option value={WITHDRAW}>{t('gate.markWithdraw')}</option>
        </select>
        <p className="form-hint">{t('gate.protectionHint')}</p>
      </div>
      <TextField
        label={t('gate.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={500}
        error={tried && isShort ? t('services.fillIn') : null}
      />
    </DialogForm>
  )
}

/** What an agency tells of a service beside Appendix 1, with its mark of protection (п. 24, 25). */
export function InformationList({
  serviceId,
  information,
}: {
  serviceId: string
  information: readonly Information[]
}) {
  const { t } = useTranslation()
  const { role } = useSession()
  const [dialog, setDialog] = useState<'tell' | Information | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <ul className="plain-list" data-testid="information">
        {information.map((one) => (
          <li key={one.id}>
            {one.protection === 'none' ? null : (
              <span className="state state-changed">{t(`gate.protection_${one.protection}`)}</span>
            )}{' '}
            {one.text}{' '}
            {mayWrite(role) ? (
              <button type="button" className="link-button" onClick={() => setDialog(one)}>
                {t('gate.mark')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite(role) ? (
        <button type="button" className="button button-small" onClick={() => setDialog('tell')}>
          {t('gate.tell')}
        </button>
      ) : null}
      {dialog === 'tell' ? <TellDialog serviceId={serviceId} onClose={close} /> : null}
      {dialog === null || dialog === 'tell' ? null : <MarkDialog serviceId={serviceId} one={dialog} onClose={close} />}
    </>
  )
}
