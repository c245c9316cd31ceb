import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, read } from '../api/client.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { formatBytes } from '../text/format-bytes.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { DeskNav } from './desk-nav.tsx'
import { worksAtDesk } from './desk-roles.ts'
import { HiddenText } from './letter-parts.tsx'
import { MailState } from './mail-state.tsx'
import { apartLetterQuery, apartListQuery } from './queries.ts'
import type { ApartLetter } from './types.ts'

function Whole({ id }: { id: string }) {
  const { t } = useTranslation()
  const say = useToast()
  const go = useNavigate()
  const queries = useQueryClient()
  const found = useQuery(apartLetterQuery(id))
  const changed = (): void => void queries.invalidateQueries({ queryKey: ['desk'] })
  const register = useMutation({
    mutationFn: () => read(api['incoming-mail'].letters[':id'].inquiry.$post({ param: { id } })),
    onSuccess: (made) => {
      changed()
      say(t('desk.confirmed', { number: made.number }))
      void go(`/inquiries/${encodeURIComponent(made.id)}`)
    },
  })
  const dismiss = useMutation({
    mutationFn: () => read(api['incoming-mail'].letters[':id'].dismissal.$post({ param: { id } })),
    onSuccess: () => {
      changed()
      say(t('desk.apartDismissed'))
    },
  })
  if (found.data === undefined)
    return found.error === null ? <Skeleton rows={3} kind="text" /> : <ProblemNotice error={found.error} />
  const { reason, text, hidden, attachments, mayBeRegistered } = found.data
  const error = register.error ?? dismiss.error
  const isBusy = register.isPending || dismiss.isPending
  return (
    <div>
      <p className="letter-text">
        {text ?? t(reason === 'breaks-reader' ? 'desk.apartBreaksReader' : 'desk.apartNoText')}
      </p>
      <HiddenText text={hidden} />
      {attachments.length === 0 ? null : (
        <p className="muted">
          {t('desk.attachments')}: {attachments.map(({ name, bytes }) => `${name} (${formatBytes(bytes)})`).join(', ')}
        </p>
      )}
      {error === null ? null : <ProblemNotice error={error} />}
      <p className="desk-actions">
        {mayBeRegistered ? (
          <button type="button" className="button button-small" disabled={isBusy} onClick={() => register.mutate()}>
            {t('desk.apartRegister')}
          </button>
        ) : null}
        <button type="button" className="button button-small" disabled={isBusy} onClick={() => dismiss.mutate()}>
          {t('desk.apartDismiss')}
        </button>
      </p>
    </div>
  )
}

function Apart({ letter }: { letter: ApartLetter }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <li className="letter" data-testid="apart-letter">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span className="state">{t(`desk.apart_${letter.reason}`)}</span>{' '}
          {[letter.from.name, letter.from.address].filter((one) => one !== null).join(', ') || '—'}:{' '}
          {letter.subject === '' ? '—' : letter.subject}{' '}
          <span className="muted">{formatMoment(letter.receivedAt)}</span>
        </summary>
        {open ? <Whole id={letter.id} /> : null}
      </details>
      {letter.inquiry === null ? null : (
        <p>
          <Link to={`/inquiries/${encodeURIComponent(letter.inquiry.id)}`}>
            {t('desk.title', { number: letter.inquiry.number })}
          </Link>
        </p>
      )}
    </li>
  )
}

function Mail() {
  const { t } = useTranslation()
  const list = useInfiniteQuery(apartListQuery)
  usePageTitle(t('desk.mailTitle'))
  return (
    <div className="page page-services page-desk">
      <DeskNav />
      <h1>{t('desk.mailTitle')}</h1>
      <MailState />
      <section aria-labelledby="apart-title">
        <h2 id="apart-title">{t('desk.mailApart')}</h2>
        <p className="muted">{t('desk.mailApartHint')}</p>
        <PagedList list={list} rows={3} empty={t('desk.mailNoApart')}>
          {(items) => (
            <ul className="letters">
              {items.map((one) => (
                <Apart key={one.id} letter={one} />
              ))}
            </ul>
          )}
        </PagedList>
      </section>
    </div>
  )
}

/** The mailbox that letters come in by, and the letters of programs that are no inquiries. */
export function IncomingMailPage() {
  const { role } = useSession()
  return worksAtDesk(role) ? <Mail /> : <NotFoundPage />
}
