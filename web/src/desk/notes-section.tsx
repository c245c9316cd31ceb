import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { TextField } from '../services/text-field.tsx'
import { DiffText } from '../ui/diff-text.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useToast } from '../ui/toast.tsx'
import { callQuery } from './queries.ts'
import type { Call, CallNote } from './types.ts'

/** Who wrote them, and what became of the model. */
function Writer({ note }: { note: CallNote }) {
  const { t } = useTranslation()
  const model = (name: string) => name.split('/').slice(1).join('/')
  return (
    <>
      {note.fallback === null ? null : (
        <p className="notice notice-warn" role="status" data-testid="notes-fallback">
          {t('desk.notesFallback', {
            model: model(note.fallback.from),
            reason: t(`answer.fallbackReason.${note.fallback.reason}`),
          })}
        </p>
      )}
      <p className="muted" data-testid="notes-writer">
        {note.writer === 'extract' ? t('desk.notesBy_extract') : t('desk.notesBy_model', { model: model(note.writer) })}
        {note.dropped > 0 ? `. ${t('desk.notesDropped', { count: note.dropped })}` : ''}
      </p>
    </>
  )
}

function NotesForm({ call, note, isFresh }: { call: Call; note: CallNote; isFresh: boolean }) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (isFresh) form.current?.querySelector('textarea')?.focus()
  }, [isFresh])
  const say = useToast()
  const queries = useQueryClient()
  const [fields, setFields] = useState(note.fields)
  const [keepsService, setKeepsService] = useState(true)
  const [contact, setContact] = useState({ name: '', phone: '' })
  const set = (change: Partial<CallNote['fields']>) => setFields((now) => ({ ...now, ...change }))
  const confirm = useMutation({
    mutationFn: async () => {
      const after = await read(
        api.calls[':id'].inquiry.$post({
          param: { id: call.id },
          json: {
            noteId: note.id,
            fields: {
              ...fields,
              body: fields.body?.trim() === '' ? null : fields.body,
              region: fields.region?.trim() === '' ? null : fields.region,
              serviceId: keepsService ? fields.serviceId : null,
            },
            contact: {
              name: contact.name.trim() === '' ? null : contact.name.trim(),
              phone: contact.phone.trim() === '' ? null : contact.phone.trim(),
            },
          },
        }),
      )
      const inquiry = await read(api.inquiries[':id'].$get({ param: { id: after.inquiryId ?? '' } }))
      return { after, number: inquiry.number }
    },
    onSuccess: ({ after, number }) => {
      queries.setQueryData(callQuery(call.id).queryKey, after)
      void queries.invalidateQueries({ queryKey: ['desk', 'inquiries'] })
      say(t('desk.confirmed', { number }))
    },
  })
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!confirm.isPending) confirm.mutate()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
  }
  return (
    // Ctrl+Enter from any of its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form ref={form} className="form notes-form" onSubmit={send} onKeyDown={onKey} noValidate data-testid="notes-form">
      <p className="form-hint">{t('desk.notesHint')}</p>
      <Writer note={note} />
      <div className="services-tools">
        <Segmented<'ru' | 'kk'>
          label={t('desk.lang')}
          value={fields.lang}
          onChange={(lang) => set({ lang })}
          options={[
            { value: 'ru', label: t('lang.ru') },
            { value: 'kk', label: t('lang.kk') },
          ]}
        />
        <Segmented<'citizen' | 'state-body'>
          label={t('desk.who')}
          value={fields.asker}
          onChange={(asker) => set({ asker })}
          options={[
            { value: 'citizen', label: t('desk.asker_citizen') },
            { value: 'state-body', label: t('desk.asker_state-body') },
          ]}
        />
        {note.service === null ? (
          <span className="muted">{t('desk.noService')}</span>
        ) : (
          <label className="reply-accept">
            <input type="checkbox" checked={keepsService} onChange={(event) => setKeepsService(event.target.checked)} />
            {t('desk.service')}: {note.service.registryNumber} {note.service.name}
          </label>
        )}
      </div>
      <TextField
        label={t('desk.subject')}
        value={fields.subject}
        onChange={(subject) => set({ subject })}
        maxLength={300}
      />
      <TextField
        label={t('desk.content')}
        value={fields.content}
        onChange={(content) => set({ content })}
        rows={4}
        maxLength={4000}
      />
      <TextField
        label={t('desk.measures')}
        value={fields.measures}
        onChange={(measures) => set({ measures })}
        rows={3}
        maxLength={4000}
      />
      <div className="notes-pairs">
        {fields.asker === 'state-body' ? (
          <TextField
            label={t('desk.body')}
            value={fields.body ?? ''}
            onChange={(body) => set({ body })}
            maxLength={300}
          />
        ) : null}
        <TextField
          label={t('desk.region')}
          value={fields.region ?? ''}
          onChange={(region) => set({ region })}
          maxLength={200}
        />
        <TextField
          label={t('desk.contactName')}
          value={contact.name}
          onChange={(name) => setContact((now) => ({ ...now, name }))}
          maxLength={200}
        />
        <TextField
          label={t('desk.contactPhone')}
          value={contact.phone}
          onChange={(phone) => setContact((now) => ({ ...now, phone }))}
          maxLength={40}
        />
      </div>
      {confirm.error === null ? null : <ProblemNotice error={confirm.error} />}
      <div className="reply-actions">
        <button type="submit" className="button button-primary" disabled={confirm.isPending}>
          {t('desk.confirmNotes')} <Kbd>Ctrl Enter</Kbd>
        </button>
      </div>
    </form>
  )
}

const FIELDS: Record<string, 'lang' | 'who' | 'body' | 'region' | 'service' | 'subject' | 'content' | 'measures'> = {
  lang: 'lang',
  asker: 'who',
  body: 'body',
  region: 'region',
  serviceId: 'service',
  subject: 'subject',
  content: 'content',
  measures: 'measures',
}

function ConfirmedNotes({ note }: { note: CallNote }) {
  const { t } = useTranslation()
  const changed = Object.entries(note.changes ?? {})
  return (
    <div className="notes-confirmed" data-testid="notes-confirmed">
      <Writer note={note} />
      <p lang={note.fields.lang}>{note.fields.content}</p>
      {note.fields.measures === '' ? null : <p lang={note.fields.lang}>{note.fields.measures}</p>}
      {changed.length === 0 ? null : (
        <>
          <h3>{t('desk.notesChanged')}</h3>
          <dl className="inquiry-facts notes-changes">
            {changed.map(([name, parts]) => (
              <div key={name}>
                <dt>{t(`desk.${FIELDS[name] ?? 'notes'}`)}</dt>
                <dd>
                  <DiffText parts={parts} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {note.inquiryId === null ? null : (
        <Link to={`/inquiries/${encodeURIComponent(note.inquiryId)}`} className="button">
          {t('desk.openInquiry')}
        </Link>
      )}
    </div>
  )
}

/** Notes of the call: proposed, edited, confirmed. */
export function NotesSection({ call, hasWords }: { call: Call; hasWords: boolean }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { note } = call
  const make = useMutation({
    mutationFn: () => read(api.calls[':id'].notes.$post({ param: { id: call.id } })),
    onSuccess: (after) => {
      queries.setQueryData(callQuery(call.id).queryKey, after)
    },
  })
  const mayMake = hasWords && call.inquiryId === null && !call.isForgotten && !make.isPending
  useHotkeys((event) => {
    if (isTyping(event) || !mayMake || note !== null || !isKey(event, 'KeyN')) return
    event.preventDefault()
    make.mutate()
  })
  return (
    <section className="card reply" aria-labelledby="notes-title">
      <h2 id="notes-title">{t('desk.notes')}</h2>
      {make.error === null ? null : <ProblemNotice error={make.error} title={t('desk.notesFailed')} />}
      {note === null ? (
        <button type="button" className="button button-primary" disabled={!mayMake} onClick={() => make.mutate()}>
          {t('desk.makeNotes')} <Kbd>n</Kbd>
        </button>
      ) : note.inquiryId === null ? (
        <NotesForm key={note.id} call={call} note={note} isFresh={make.data?.note?.id === note.id} />
      ) : (
        <ConfirmedNotes note={note} />
      )}
    </section>
  )
}
