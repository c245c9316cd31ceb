import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, given, read } from '../api/client.ts'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { useToast } from '../ui/toast.tsx'
import { DayField } from './day-field.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'
import type { Person } from './types.ts'

/** Gives notice of a replaced responsible person (п. 27). */
export function ReplacePersonDialog({
  serviceId,
  people,
  onClose,
}: {
  serviceId: string
  /** In office, the responsible person first. */
  people: readonly Person[]
  onClose: () => void
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [personId, setPersonId] = useState(people[0]?.id)
  const since = people.find(({ id }) => id === personId)?.since ?? null
  const choice = useId()
  const [replacedOn, setReplacedOn] = useState(todayInAlmaty)
  const [name, setName] = useState('')
  const [post, setPost] = useState('')
  const [contacts, setContacts] = useState('')
  const [tried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: () =>
      read(
        api.services[':id']['responsible-persons'].$post({
          param: { id: serviceId },
          json: {
            ...given({ personId: personId ?? null }),
            replacedOn,
            name: name.trim(),
            post: post.trim(),
            contacts: contacts.trim(),
          },
        }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('services.replaceDone'))
      onClose()
    },
  })
  const dayError =
    replacedOn > todayInAlmaty()
      ? t('services.dayAhead')
      : since !== null && replacedOn < since
        ? t('services.beforeAppointment', { date: formatDay(since) })
        : null
  const missing = (text: string) => (tried && text.trim() === '' ? t('services.fillIn') : null)
  return (
    <DialogForm
      title={t('services.replaceTitle')}
      submit={t('services.replaceRun')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if ([name, post, contacts].every((text) => text.trim() !== '') && dayError === null) run.mutate()
      }}
    >
      <p>{t('services.replaceText')}</p>
      {people.length < 2 ? null : (
        <div className="form-field">
          <label htmlFor={choice}>{t('services.replaced')}</label>
          <select id={choice} value={personId} onChange={(event) => setPersonId(event.target.value)}>
            {people.map(({ id, name: held, post: heldPost }) => (
              <option key={id} value={id}>
                {held}, {heldPost}
              </option>
            ))}
          </select>
        </div>
      )}
      <DayField label={t('services.replacedOn')} value={replacedOn} onChange={setReplacedOn} error={dayError} />
      <TextField
        label={t('services.personName')}
        value={name}
        onChange={setName}
        maxLength={200}
        error={missing(name)}
      />
      <TextField label={t('services.post')} value={post} onChange={setPost} maxLength={300} error={missing(post)} />
      <TextField
        label={t('services.field_contacts')}
        hint={t('services.contactsHint')}
        value={contacts}
        onChange={setContacts}
        rows={2}
        maxLength={2000}
        error={missing(contacts)}
      />
    </DialogForm>
  )
}
