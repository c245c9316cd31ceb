import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, read } from '../api/client.ts'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { useSession } from '../shell/use-session.ts'
import { dayInAlmaty, formatDay, formatMoment } from '../text/days.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { TermOf } from '../calendar/term-of.tsx'
import { worksAtDesk } from './desk-roles.ts'
import { DueLine } from './due-line.tsx'
import { EditInquiry } from './edit-inquiry.tsx'
import { Attachments, HiddenText, Remarks } from './letter-parts.tsx'
import { inquiryQuery } from './queries.ts'
import { ReplySection } from './reply-section.tsx'
import type { Inquiry } from './types.ts'
import '../services/services.css'
import './desk.css'

/** п. 8: working days to answer a letter. */
const ANSWER_DAYS = 2

/** The day from which its term runs: of its registration, or of a further letter that came after an answer. */
function termFrom({ registeredOn, letters, dueOn }: Inquiry): string {
  const answered = letters.findLast(({ direction }) => direction === 'out')
  const further = letters.find(({ direction, at }) => direction === 'in' && answered !== undefined && at > answered.at)
  const day = further === undefined ? registeredOn : dayInAlmaty(further.at)
  return dueOn !== null && day < dueOn ? day : registeredOn
}

function Letters({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  if (inquiry.letters.length === 0) return null
  return (
    <section className="card" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('desk.letters')}</h2>
      <ol className="letters">
        {inquiry.letters.map((letter) => (
          <li key={letter.id} className="letter" data-direction={letter.direction} data-testid="letter">
            <p className="letter-head">
              <span>
                {letter.direction === 'in'
                  ? t('desk.letterFrom', {
                      from:
                        letter.from.name === null
                          ? letter.from.address
                          : `${letter.from.name} <${letter.from.address}>`,
                    })
                  : t('desk.letterTo', { to: letter.to ?? '' })}
              </span>
              <time dateTime={letter.at}>{formatMoment(letter.at)}</time>
            </p>
            <p className="letter-subject">{letter.subject}</p>
            <p className="letter-text" lang={inquiry.lang}>
              {letter.text}
            </p>
            <Remarks letter={letter} />
            <HiddenText text={letter.hidden} lang={inquiry.lang} />
            <Attachments inquiryId={inquiry.id} letter={letter} />
          </li>
        ))}
      </ol>
      {inquiry.mailReports.length === 0 ? null : (
        <div className="notice" data-testid="mail-reports">
          <p className="notice-title">{t('desk.mailReports')}</p>
          <ul>
            {inquiry.mailReports.map((one) => (
              <li key={one.id}>
                {t(`desk.apart_${one.reason}`)}: {one.subject} <span className="muted">{formatMoment(one.at)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function Facts({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  const { contact } = inquiry
  return (
    <section className="card" aria-label={t('desk.who')}>
      <dl className="inquiry-facts">
        <div>
          <dt>{t('desk.who')}</dt>
          <dd>
            {t(`desk.asker_${inquiry.asker}`)}
            {inquiry.body === null ? '' : `, ${inquiry.body}`}
            {inquiry.region === null ? '' : `, ${inquiry.region}`}
          </dd>
        </div>
        <div>
          <dt>{t('desk.contact')}</dt>
          <dd>{[contact.name, contact.email, contact.phone].filter((part) => part !== null).join(', ') || '—'}</dd>
        </div>
        <div>
          <dt>{t('desk.operator')}</dt>
          <dd>{inquiry.operator?.name ?? t('desk.nobody')}</dd>
        </div>
        {inquiry.service === null ? null : (
          <div>
            <dt>{t('desk.service')}</dt>
            <dd>
              <Link to={`/services/${encodeURIComponent(inquiry.service.id)}`}>
                {inquiry.service.registryNumber} {inquiry.service.name}
              </Link>
            </dd>
          </div>
        )}
        {inquiry.channel === 'call' || inquiry.letters.length === 0 ? (
          <div>
            <dt>{t('desk.content')}</dt>
            <dd lang={inquiry.lang}>{inquiry.content}</dd>
          </div>
        ) : null}
        {inquiry.measures === null || inquiry.measures === '' ? null : (
          <div>
            <dt>{t('desk.measures')}</dt>
            <dd lang={inquiry.lang} className="desk-measures">
              {inquiry.measures}
            </dd>
          </div>
        )}
        {inquiry.call === null ? null : (
          <div>
            <dt>{t('desk.callAnswers')}</dt>
            <dd>
              {inquiry.call.answers.length === 0
                ? '—'
                : inquiry.call.answers.map((id, at) => (
                    <span key={id}>
                      {at > 0 ? ', ' : ''}
                      <Link to={`/answers/${encodeURIComponent(id)}`}>
                        {t('desk.record')} {at + 1}
                      </Link>
                    </span>
                  ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function Whole({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  const { id: own, role } = useSession()
  const say = useToast()
  const queries = useQueryClient()
  const mayWork = worksAtDesk(role)
  const [editing, setEditing] = useState(false)
  usePageTitle(t('desk.title', { number: inquiry.number }))
  const change = useMutation({
    mutationFn: (what: { take: true } | { status: 'closed' }) =>
      read(api.inquiries[':id'].$patch({ param: { id: inquiry.id }, json: { revision: inquiry.revision, ...what } })),
    onSuccess: (after, what) => {
      queries.setQueryData(inquiryQuery(inquiry.id).queryKey, after)
      say(t('take' in what ? 'desk.taken' : 'desk.closed'))
    },
  })
  const mayTake = mayWork && inquiry.operator?.id !== own && inquiry.status !== 'closed'
  const isExplained = inquiry.status === 'in-work' && (inquiry.measures ?? '') !== ''
  const mayClose = mayWork && (inquiry.status === 'answered' || isExplained)
  useHotkeys((event) => {
    if (isTyping(event)) return
    if (mayTake && !change.isPending && isKey(event, 'KeyT')) {
      event.preventDefault()
      change.mutate({ take: true })
    } else if (mayWork && inquiry.status !== 'closed' && isKey(event, 'KeyE')) {
      event.preventDefault()
      setEditing(true)
    }
  })
  return (
    <div className="page page-services page-desk">
      <p>
        <Link to="/inquiries">← {t('desk.back')}</Link>
      </p>
      <header className="inquiry-head">
        <h1>{t('desk.title', { number: inquiry.number })}</h1>
        <span className="state" data-testid="inquiry-status" data-status={inquiry.status}>
          {t(`desk.status_${inquiry.status}`)}
        </span>
        <DueLine inquiry={inquiry} />
        <span className="desk-actions">
          {mayTake ? (
            <button
              type="button"
              className="button button-small"
              disabled={change.isPending}
              onClick={() => change.mutate({ take: true })}
            >
              {t('desk.take')} <Kbd>t</Kbd>
            </button>
          ) : null}
          {mayWork && inquiry.status !== 'closed' ? (
            <button type="button" className="button button-small" onClick={() => setEditing(true)}>
              {t('desk.edit')} <Kbd>e</Kbd>
            </button>
          ) : null}
          {mayClose ? (
            <button
              type="button"
              className="button button-small"
              disabled={change.isPending}
              onClick={() => change.mutate({ status: 'closed' })}
            >
              {t('desk.close')}
            </button>
          ) : null}
        </span>
      </header>
      {inquiry.dueOn === null ? null : (
        <TermOf
          point={t('calendar.point', { number: '8' })}
          from={termFrom(inquiry)}
          workingDays={ANSWER_DAYS}
          dueOn={inquiry.dueOn}
        />
      )}
      <p className="desk-topic" lang={inquiry.lang}>
        {inquiry.subject}
      </p>
      <p className="muted">
        {t('desk.registered', { date: formatMoment(inquiry.registeredAt) })}
        {inquiry.dueOn === null ? '' : `. ${t('desk.dueRule', { date: formatDay(inquiry.dueOn) })}`}
      </p>
      {change.error === null ? null : <ProblemNotice error={change.error} />}
      <Facts inquiry={inquiry} />
      <Letters inquiry={inquiry} />
      {editing ? <EditInquiry inquiry={inquiry} onClose={() => setEditing(false)} /> : null}
      {inquiry.channel === 'e-mail' ? <ReplySection inquiry={inquiry} mayWork={mayWork} /> : null}
    </div>
  )
}

/** An inquiry: who asks, the letters, and the reply. */
export function InquiryPage() {
  const { inquiryId = '' } = useParams()
  const found = useQuery(inquiryQuery(inquiryId))
  if (found.data !== undefined) return <Whole inquiry={found.data} />
  return (
    <div className="page page-services">
      {found.error === null ? (
        <Skeleton rows={5} kind="text" />
      ) : (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
    </div>
  )
}
