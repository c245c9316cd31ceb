import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { todayInAlmaty } from '../text/days.ts'
import { useToast } from '../ui/toast.tsx'
import { DayField } from './day-field.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Records a training that was held (п. 21). */
export function TrainingDialog({ serviceId, onClose }: { serviceId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [heldOn, setHeldOn] = useState(todayInAlmaty)
  const [trainer, setTrainer] = useState('')
  const [trainees, setTrainees] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: () =>
      read(
        api.services[':id'].trainings.$post({
          param: { id: serviceId },
          json: {
            heldOn,
            trainer: trainer.trim(),
            trainees: linesOf(trainees),
            note: note.trim() === '' ? null : note.trim(),
          },
        }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('services.trainingDone'))
      onClose()
    },
  })
  const isFuture = heldOn > todayInAlmaty()
  const isComplete = trainer.trim() !== '' && linesOf(trainees).length > 0
  const missing = (text: string) => (tried && text.trim() === '' ? t('services.fillIn') : null)
  return (
    <DialogForm
      title={t('services.trainingTitle')}
      submit={t('services.record')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (isComplete && !isFuture) run.mutate()
      }}
    >
      <DayField
        label={t('services.heldOn')}
        value={heldOn}
        onChange={setHeldOn}
        error={isFuture ? t('services.dayAhead') : null}
      />
      <TextField
        label={t('services.trainer')}
        hint={t('services.trainerHint')}
        value={trainer}
        onChange={setTrainer}
        maxLength={300}
        error={missing(trainer)}
      />
      <TextField
        label={t('services.trainees')}
        hint={t('services.traineesHint')}
        value={trainees}
        onChange={setTrainees}
        rows={3}
        maxLength={10_000}
        error={missing(trainees)}
      />
      <TextField label={t('services.note')} value={note} onChange={setNote} rows={2} maxLength={2000} />
    </DialogForm>
  )
}
