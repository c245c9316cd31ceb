import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { TextField } from '../services/text-field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import type { Agency } from './queries.ts'

type Contact = Agency['contacts'][number]
const KINDS: readonly Contact['kind'][] = ['phone', 'email', 'web']
const MOST = 20
const SHORTEST = 3

/** How a body is reached, changed by an administrator: over the directory's file, with where it comes from. */
export function ContactsForm({ agency, onDone }: { agency: Agency; onDone: () => void }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [rows, setRows] = useState(() => agency.contacts.map((contact, key) => ({ ...contact, key })))
  const [source, setSource] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = source.trim().length < SHORTEST
  const save = useMutation({
    mutationFn: () =>
      read(
        api.agencies[':id'].contacts.$put({
          param: { id: agency.id },
          json: {
            contacts: rows
              .map(({ kind, value }) => ({ kind, value: value.trim() }))
              .filter(({ value }) => value !== ''),
            source: source.trim(),
            after: agency.contactEdits,
          },
        }),
      ),
    onSuccess: async () => {
      say(t('gate.contactsSaved'))
      onDone()
      await queries.invalidateQueries({ queryKey: ['agencies'] })
    },
  })
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isShort) save.mutate()
  }
  const change = (key: number, to: Partial<Contact>) =>
    setRows((held) => held.map((row) => (row.key === key ? { ...row, ...to } : row)))
  const add = () => {
    setRows((held) => [
      ...held,
      { kind: 'phone' as const, value: '', key: Math.max(-1, ...held.map(({ key }) => key)) + 1 },
    ])
    // What was asked for is what one types into next.
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  return (
    <form className="form" onSubmit={send} noValidate aria-label={t('gate.contactsEdit')}>
      <ul className="plain-list contact-rows" ref={list}>
        {rows.map((row, at) => (
          <li key={row.key} className="contact-row">
            <select
              aria-label={t('gate.contactKind', { number: String(at + 1) })}
              value={row.kind}
              onChange={(event) => change(row.key, { kind: event.target.value as Contact['kind'] })}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`answer.${kind}`)}
                </option>
              ))}
            </select>
            <input
              id={`${id}-${row.key}`}
              aria-label={t('gate.contactValue', { number: String(at + 1) })}
              value={row.value}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => change(row.key, { value: event.target.value })}
            />
            <button
              type="button"
              className="link-button"
              aria-label={t('gate.contactRemoveOf', { value: row.value })}
              onClick={() => setRows((held) => held.filter(({ key }) => key !== row.key))}
            >
              {t('gate.contactRemove')}
            </button>
          </li>
        ))}
      </ul>
      {rows.length >= MOST ? null : (
        <button type="button" className="button button-small" onClick={add}>
          {t('gate.contactAdd')}
        </button>
      )}
      <TextField
        label={t('gate.contactsSource')}
        hint={t('gate.contactsSourceHint')}
        value={source}
        onChange={setSource}
        maxLength={300}
        error={tried && isShort ? t('gate.contactsSourceHint') : null}
      />
      {save.error === null ? null : <ProblemNotice error={save.error} />}
      <div className="services-tools">
        <button type="submit" className="button button-primary" disabled={save.isPending}>
          {t('gate.contactsSave')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  )
}
