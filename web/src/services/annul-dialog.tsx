import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { useToast } from '../ui/toast.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'

export interface AnnulledRecord {
  kind: 'training' | 'protocol'
  recordId: string
}

/** Says that a training or a protocol was recorded by mistake, and why. */
export function AnnulDialog({
  serviceId,
  record,
  onClose,
}: {
  serviceId: string
  record: AnnulledRecord
  onClose: () => void
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < 3
  const run = useMutation({
    mutationFn: () =>
      read(
        api.services[':id'].annulments.$post({ param: { id: serviceId }, json: { ...record, reason: reason.trim() } }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('gate.annulled'))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t(record.kind === 'training' ? 'gate.annulTraining' : 'gate.annulProtocol')}
      submit={t('gate.annul')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isShort) run.mutate()
      }}
    >
      <p>{t('gate.annulText')}</p>
      {record.kind === 'protocol' ? <p>{t('gate.annulCloses')}</p> : null}
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
