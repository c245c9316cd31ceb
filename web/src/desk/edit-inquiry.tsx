import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { DialogForm } from '../services/dialog-form.tsx'
import { TextField } from '../services/text-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useToast } from '../ui/toast.tsx'
import { inquiryQuery } from './queries.ts'
import type { Inquiry } from './types.ts'

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Who asks, and what was done: what the registration could not know. */
export function EditInquiry({ inquiry, onClose }: { inquiry: Inquiry; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const [asker, setAsker] = useState(inquiry.asker)
  const [body, setBody] = useState(inquiry.body ?? '')
  const [region, setRegion] = useState(inquiry.region ?? '')
  const [subject, setSubject] = useState(inquiry.subject)
  const [measures, setMeasures] = useState(inquiry.measures ?? '')
  const run = useMutation({
    mutationFn: () =>
      read(
        api.inquiries[':id'].$patch({
          param: { id: inquiry.id },
          json: {
            revision: inquiry.revision,
            asker,
            body: asker === 'state-body' ? orNull(body) : null,
            region: orNull(region),
            subject: subject.trim(),
            measures: orNull(measures),
          },
        }),
      ),
    onSuccess: (after) => {
      queries.setQueryData(inquiryQuery(inquiry.id).queryKey, after)
      say(t('desk.saved'))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('desk.editTitle')}
      submit={t('desk.edit')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <Segmented<Inquiry['asker']>
        label={t('desk.who')}
        value={asker}
        onChange={setAsker}
        options={[
          { value: 'citizen', label: t('desk.asker_citizen') },
          { value: 'state-body', label: t('desk.asker_state-body') },
        ]}
      />
      {asker === 'state-body' ? (
        <TextField label={t('desk.body')} value={body} onChange={setBody} maxLength={300} />
      ) : null}
      <TextField label={t('desk.region')} value={region} onChange={setRegion} maxLength={200} />
      <TextField label={t('desk.subject')} value={subject} onChange={setSubject} maxLength={300} />
      <TextField label={t('desk.measures')} value={measures} onChange={setMeasures} rows={3} maxLength={4000} />
    </DialogForm>
  )
}
