import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { CitationChip } from '../search/citation-chip.tsx'
import { citedPoints, hrefOfCitation, numberOf } from '../search/cited-points.ts'
import { FallbackNotice, LeftOutNotice, ModelNotice } from '../search/model-notice.tsx'
import { formatMoment } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { DiffText } from '../ui/diff-text.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { useToast } from '../ui/toast.tsx'
import { inquiryQuery } from './queries.ts'
import type { Inquiry, ReplyDraft } from './types.ts'

const LONGEST_REPLY = 20_000
const SHORTEST_REPLY = 10

/** What each question was answered with; numbers are those in the text of the reply. */
function ReplySources({ draft }: { draft: ReplyDraft }) {
  const { t } = useTranslation()
  const points = citedPoints(draft.parts.flatMap(({ sentences }) => sentences))
  return (
    <aside className="reply-sources" aria-label={t('desk.sources')} data-testid="reply-sources">
      <h3>{t('desk.sources')}</h3>
      {draft.parts.map((part) => (
        <section key={part.answerId} className="reply-part" data-status={part.status}>
          <p className="reply-question" lang={draft.lang}>
            {part.question}
          </p>
          <p className="reply-part-state">
            <span className={part.status === 'answered' ? 'status status-answered' : 'status status-partial'}>
              {t(`desk.${part.status}`)}
            </span>{' '}
            <Link to={`/answers/${encodeURIComponent(part.answerId)}`}>{t('desk.record')}</Link>
          </p>
          <ModelNotice answer={part} />
          <FallbackNotice answer={part} />
          <LeftOutNotice answer={part} />
          {part.clarify === null ? null : (
            <p className="reply-guidance" lang={draft.lang} data-testid="reply-clarify">
              {part.clarify.question} {part.clarify.choices.map(({ label }) => `«${label}»`).join(', ')}
            </p>
          )}
          {part.guidance === null ? null : (
            <p className="reply-guidance" lang={draft.lang}>
              {part.guidance.text}{' '}
              {part.guidance.citation === null ? null : (
                <CitationChip number={null} citation={part.guidance.citation} asOf={null} />
              )}
            </p>
          )}
        </section>
      ))}
      {points.length === 0 ? <p className="muted">{t('desk.noSources')}</p> : null}
      <ol className="reply-points">
        {points.map(({ number, citation }) => (
          <li key={number} data-testid="reply-point">
            <Link to={hrefOfCitation(citation, null)} className="source">
              <Kbd>{numberOf(points, citation)}</Kbd>
              <span className="source-main">
                <span className="source-label">{citation.label}</span>
                <span className="source-act">{citation.actTitle}</span>
                <span className="source-edition">{editionLine(citation.edition, t)}</span>
                <span className="reply-quote" lang={draft.lang}>
                  «{citation.quote}»
                </span>
              </span>
            </Link>
            {citation.sourceChanged === null ? null : (
              <SourceChangeNote changed={citation.sourceChanged} coming={null} />
            )}
          </li>
        ))}
      </ol>
    </aside>
  )
}

interface EditorProps {
  inquiry: Inquiry
  draft: ReplyDraft
  onAgain: () => void
  isDrafting: boolean
  /** Made just now: the cursor goes into it. */
  isFresh: boolean
}

function ReplyEditor({ inquiry, draft, onAgain, isDrafting, isFresh }: EditorProps) {
  const { t } = useTranslation()
  const say = useToast()
  const id = useId()
  const queries = useQueryClient()
  const [text, setText] = useState(draft.text)
  const [accepted, setAccepted] = useState(false)
  const [answersAll, setAnswersAll] = useState(false)
  const { delivers } = inquiry.delivery
  const isUncertain = draft.state === 'sending'
  const isStale = draft.changedSources.length > 0
  const isDirty = text !== draft.text
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])
  const key = inquiryQuery(inquiry.id).queryKey
  const send = useMutation({
    mutationFn: (how: 'send' | 'arrived') =>
      read(
        api.inquiries[':id'].replies.$post({
          param: { id: inquiry.id },
          json:
            how === 'arrived'
              ? { draftId: draft.id, text, answersAll, arrived: true }
              : {
                  draftId: draft.id,
                  text,
                  answersAll,
                  acceptChanged: isStale && accepted,
                  sendAgain: isUncertain && accepted,
                },
        }),
      ),
    onSuccess: (after, how) => {
      queries.setQueryData(key, after)
      void queries.invalidateQueries({ queryKey: ['desk', 'inquiries'] })
      say(t(how === 'arrived' ? 'desk.recorded' : delivers ? 'desk.sent' : 'desk.kept'))
    },
    // What stood in the way (a changed source, a broken try) is shown from what the server says of it.
    onError: () => void queries.invalidateQueries({ queryKey: key }),
  })
  const needsWord = isStale || isUncertain
  const mayNotSend = send.isPending || text.trim().length < SHORTEST_REPLY || (needsWord && !accepted)
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || mayNotSend) return
    event.preventDefault()
    send.mutate('send')
  }
  return (
    <div className="reply-columns">
      <div className="reply-main">
        <p className="reply-to">
          {t('desk.toAddress', { to: inquiry.contact.email ?? '' })} · {draft.subject}
        </p>
        <label htmlFor={id} className="visually-hidden">
          {t('desk.replyText')}
        </label>
        <textarea
          id={id}
          className="reply-text"
          data-testid="reply-text"
          lang={draft.lang}
          rows={22}
          autoFocus={isFresh}
          maxLength={LONGEST_REPLY}
          value={text}
          readOnly={isUncertain}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="form-hint">
          {t('desk.replyHint')}
        </p>
        {draft.unread > 0 ? <p className="notice notice-warn">{t('desk.unread', { count: draft.unread })}</p> : null}
        {draft.leftOut.length > 0 ? (
          <div className="notice notice-warn">
            <p>{t('desk.leftOut')}</p>
            <ul>
              {draft.leftOut.map((sentence) => (
                <li key={sentence} lang={draft.lang}>
                  {sentence}
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        {isStale ? (
          <p className="notice notice-warn" role="alert" data-testid="reply-stale">
            {t('desk.changed', { labels: draft.changedSources.map(({ label }) => label).join(', ') })}
          </p>
        ) : null}
        {isUncertain ? (
          <p className="notice notice-warn" role="alert">
            {t('desk.uncertain')}
          </p>
        ) : null}
        {draft.parts.some(({ isOpen }) => isOpen) ? (
          <label className="reply-accept">
            <input type="checkbox" checked={answersAll} onChange={(event) => setAnswersAll(event.target.checked)} />
            {t('desk.answersAll')}
          </label>
        ) : null}
        {needsWord ? (
          <label className="reply-accept">
            <input type="checkbox" checked={accepted} onChange={(event) => setAccepted(event.target.checked)} />
            {t(isUncertain ? 'desk.sendAgain' : 'desk.acceptChanged')}
          </label>
        ) : null}
        {send.error === null ? null : <ProblemNotice error={send.error} title={t('desk.sendFailed')} />}
        <div className="reply-actions">
          <button
            type="button"
            className="button button-primary"
            disabled={mayNotSend}
            onClick={() => send.mutate('send')}
          >
            {t(send.isPending ? 'desk.sending' : delivers ? 'desk.send' : 'desk.keep')} <Kbd>Ctrl Enter</Kbd>
          </button>
          {isUncertain ? (
            <button type="button" className="button" disabled={send.isPending} onClick={() => send.mutate('arrived')}>
              {t('desk.arrived')}
            </button>
          ) : (
            <button type="button" className="button" disabled={isDrafting || send.isPending} onClick={onAgain}>
              {t('desk.makeAgain')}
            </button>
          )}
        </div>
      </div>
      <ReplySources draft={draft} />
    </div>
  )
}

function SentReply({ inquiry, draft }: { inquiry: Inquiry; draft: ReplyDraft }) {
  const { t } = useTranslation()
  const { sent } = draft
  if (sent === null) return null
  return (
    <div className="reply-columns" data-testid="reply-sent">
      <div className="reply-main">
        <p className="muted">
          {t(inquiry.delivery.delivers ? 'desk.sentBy' : 'desk.keptBy', { by: sent.by, at: formatMoment(sent.at) })}
        </p>
        {sent.knownChanges.length === 0 ? null : (
          <p className="notice notice-warn">{t('desk.knownChanges', { labels: sent.knownChanges.join(', ') })}</p>
        )}
        {sent.isEdited ? (
          <>
            <h3>{t('desk.edited')}</h3>
            {sent.changes.length === 0 ? (
              <p className="letter-text" lang={draft.lang}>
                {sent.text}
              </p>
            ) : (
              <DiffText parts={sent.changes} />
            )}
          </>
        ) : (
          <p>{t('desk.notEdited')}</p>
        )}
      </div>
      <ReplySources draft={draft} />
    </div>
  )
}

/** The reply to a letter: drafted from answers, edited and sent by the operator. */
export function ReplySection({ inquiry, mayWork }: { inquiry: Inquiry; mayWork: boolean }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { draft, delivery } = inquiry
  const make = useMutation({
    mutationFn: () => read(api.inquiries[':id']['reply-draft'].$post({ param: { id: inquiry.id } })),
    onSuccess: (after) => {
      queries.setQueryData(inquiryQuery(inquiry.id).queryKey, after)
    },
  })
  const answeredAlready = draft?.state === 'sent' && inquiry.status !== 'registered' && inquiry.status !== 'in-work'
  // What may have left is decided first: a new draft would be refused.
  const mayDraft = mayWork && inquiry.status !== 'closed' && !answeredAlready && draft?.state !== 'sending'
  useHotkeys((event) => {
    if (isTyping(event) || !mayDraft || make.isPending || !isKey(event, 'KeyD')) return
    event.preventDefault()
    make.mutate()
  })
  const isOpen = draft !== null && (draft.state === 'open' || draft.state === 'sending')
  return (
    <section className="card reply" aria-labelledby="reply-title">
      <h2 id="reply-title">{t('desk.reply')}</h2>
      {delivery.delivers ? null : (
        <p className="notice notice-warn" data-testid="not-delivered">
          {t('desk.notDelivered')} <span className="muted">{t('desk.notDeliveredHint')}</span>
        </p>
      )}
      {make.isPending ? <p role="status">{t('desk.making')}</p> : null}
      {make.error === null ? null : <ProblemNotice error={make.error} title={t('desk.draftFailed')} />}
      {mayDraft && !isOpen ? (
        <button type="button" className="button button-primary" disabled={make.isPending} onClick={() => make.mutate()}>
          {t('desk.makeDraft')} <Kbd>d</Kbd>
        </button>
      ) : null}
      {isOpen && mayWork ? (
        <ReplyEditor
          key={draft.id}
          inquiry={inquiry}
          draft={draft}
          onAgain={() => make.mutate()}
          isDrafting={make.isPending}
          isFresh={make.data?.draft?.id === draft.id}
        />
      ) : null}
      {draft?.state === 'sent' ? <SentReply inquiry={inquiry} draft={draft} /> : null}
    </section>
  )
}
