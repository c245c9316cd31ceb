import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, read } from '../api/client.ts'
import type { SearchHit } from '../api/types.ts'
import { digitOf, isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { CitationChips } from '../search/citation-chips.tsx'
import { citedPoints, hrefOfCitation } from '../search/cited-points.ts'
import { FallbackNotice } from '../search/model-notice.tsx'
import { SentenceQuotes } from '../search/sentence-quotes.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { HighlightedText } from '../ui/highlighted-text.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { NotesSection } from './notes-section.tsx'
import { callQuery } from './queries.ts'
import type { Call, Segment } from './types.ts'
import { useAssist, type Assist } from './use-assist.ts'
import '../services/services.css'
import './desk.css'

const hrefOfHit = (hit: SearchHit): string =>
  `/articles/${encodeURIComponent(hit.articleId)}?lang=${hit.lang}${hit.citation === null ? '' : `#${hit.citation.anchor}`}`

function Transcript({ segments, isForgotten }: { segments: readonly Segment[]; isForgotten: boolean }) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const box = list.current
    // Whoever has scrolled back to read is left there.
    if (box === null) return
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 120) box.scrollTop = box.scrollHeight
    // A list that scrolls must be scrollable by keys.
    if (box.scrollHeight > box.clientHeight) box.tabIndex = 0
    else box.removeAttribute('tabindex')
  })
  return (
    <section className="card transcript" aria-labelledby="transcript-title">
      <h2 id="transcript-title">{t('desk.transcript')}</h2>
      {segments.length === 0 ? (
        <p className="muted">{t(isForgotten ? 'desk.forgotten' : 'desk.noTranscript')}</p>
      ) : (
        <ol ref={list} className="segments" aria-label={t('desk.transcript')}>
          {segments.map((one) => (
            <li
              key={one.id}
              className="segment"
              data-speaker={one.speaker}
              data-final={one.final}
              data-testid="segment"
            >
              <span className="segment-who">{t(`desk.speaker_${one.speaker}`)}</span>
              <span>{one.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Suggestions({ assist }: { assist: Assist }) {
  const { t } = useTranslation()
  const { passages, sentences, answer, question } = assist
  const points = useMemo(() => citedPoints(sentences), [sentences])
  const hits = passages?.result.hits ?? []
  return (
    <section className="card assist" aria-labelledby="assist-title" data-testid="assist">
      <h2 id="assist-title">{t('desk.assist')}</h2>
      {assist.isLost ? (
        <p className="notice notice-warn" role="status">
          {t('desk.assistLost')}
        </p>
      ) : null}
      {question === null && passages === null ? <p className="muted">{t('desk.listening')}</p> : null}
      {question === null ? null : (
        <div className="assist-answer" aria-live="polite" aria-busy={answer === null && !assist.hasFailed}>
          <p className="reply-question">
            {answer === null && !assist.hasFailed ? `${t('desk.assistAsking')}: ` : ''}«{question}»
          </p>
          {sentences.map((sentence, at) => (
            <div key={at}>
              <p className="sentence" data-testid="assist-sentence" lang={answer?.lang}>
                {sentence.text} <CitationChips sentence={sentence} points={points} asOf={null} />
              </p>
              <SentenceQuotes sentence={sentence} lang={answer?.lang} />
            </div>
          ))}
          {assist.hasFailed ? <p className="notice notice-warn">{t('answer.failed')}</p> : null}
          {answer === null ? null : <FallbackNotice answer={answer} />}
          {answer?.message == null ? null : <p className="partial-note">{answer.message}</p>}
          {answer?.guidance == null ? null : (
            <p className="guidance-say" lang={answer.lang} data-testid="assist-guidance">
              {answer.guidance.text}
            </p>
          )}
          {answer?.clarify == null ? null : (
            <p lang={answer.lang}>
              {answer.clarify.question} {answer.clarify.choices.map(({ label }) => `«${label}»`).join(', ')}
            </p>
          )}
          {answer === null ? null : (
            <p className="muted">
              <span data-testid="assist-status" data-status={answer.status}>
                {t(`answer.${answer.status}`)}
              </span>{' '}
              <Link to={`/answers/${encodeURIComponent(answer.answerId)}`}>{t('desk.record')}</Link>
            </p>
          )}
        </div>
      )}
      {passages === null ? null : (
        <>
          <h3 className="assist-passages-title">
            {t('desk.passages')}{' '}
            <span className="took" data-testid="assist-took" data-ms={passages.tookMs}>
              {t('desk.foundIn', { ms: String(passages.tookMs) })}
            </span>
          </h3>
          {hits.length === 0 ? <p className="muted">{t('desk.nothingFound')}</p> : null}
          <ol className="assist-hits">
            {hits.map((hit, at) => (
              <li key={hit.passageId} data-testid="assist-hit">
                <Link to={hrefOfHit(hit)} target="_blank" className="source">
                  <Kbd>{at + 1}</Kbd>
                  <span className="source-main">
                    <span className="source-label" lang={hit.lang}>
                      {hit.citation?.label ?? hit.title}
                    </span>
                    <span className="source-act" lang={hit.lang}>
                      {hit.title}
                    </span>
                    <span className="assist-text" lang={hit.lang}>
                      <HighlightedText text={hit.text} ranges={hit.highlights} />
                    </span>
                    {hit.citation === null ? null : (
                      <span className="source-edition">{editionLine(hit.citation.edition, t)}</span>
                    )}
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function LiveCall({ call }: { call: Call }) {
  const { t } = useTranslation()
  const { id: own } = useSession()
  const queries = useQueryClient()
  const assist = useAssist(call.id)
  usePageTitle(t('desk.callTitle', { at: formatMoment(call.startedAt) }))
  const segments = assist.segments.length > 0 ? assist.segments : call.segments
  const state = assist.state === 'ended' ? 'ended' : call.state
  const take = useMutation({
    mutationFn: () => read(api.calls[':id'].take.$post({ param: { id: call.id } })),
    onSuccess: (after) => queries.setQueryData(callQuery(call.id).queryKey, after),
  })
  const mayTake = call.operator === null
  useHotkeys((event) => {
    if (isTyping(event)) return
    const nth = digitOf(event)
    if (nth !== null) {
      // As on the search page: Alt and a digit opens what the answer cites, a digit a passage.
      const cited = event.altKey ? citedPoints(assist.sentences)[nth - 1] : undefined
      const hit = event.altKey ? undefined : assist.passages?.result.hits[nth - 1]
      const href =
        cited === undefined ? (hit === undefined ? null : hrefOfHit(hit)) : hrefOfCitation(cited.citation, null)
      if (href === null) return
      event.preventDefault()
      // Beside the call: its page goes on listening.
      window.open(href, '_blank', 'noopener')
    } else if (mayTake && !take.isPending && isKey(event, 'KeyT')) {
      event.preventDefault()
      take.mutate()
    }
  })
  return (
    <div className="page page-services page-desk">
      <p>
        <Link to="/calls">← {t('desk.callsTitle')}</Link>
      </p>
      <header className="inquiry-head">
        <h1>{t('desk.callTitle', { at: formatMoment(call.startedAt) })}</h1>
        <span
          className={state === 'live' ? 'state state-added' : 'state'}
          data-testid="call-state"
          data-state={state}
          role="status"
        >
          {t(`desk.call_${state}`)}
        </span>
        <span className="muted">{call.operator?.name ?? t('desk.unassigned')}</span>
        {mayTake && own !== '' ? (
          <span className="desk-actions">
            <button
              type="button"
              className="button button-small"
              disabled={take.isPending}
              onClick={() => take.mutate()}
            >
              {t('desk.take')} <Kbd>t</Kbd>
            </button>
          </span>
        ) : null}
      </header>
      {take.error === null ? null : <ProblemNotice error={take.error} />}
      <div className="call-columns">
        <Transcript segments={segments} isForgotten={call.isForgotten || assist.isForgotten} />
        <Suggestions assist={assist} />
      </div>
      <NotesSection call={call} hasWords={segments.some(({ speaker }) => speaker === 'caller')} />
    </div>
  )
}

/** A call while it lasts: what is said, what fits it, and its notes at the end. */
export function CallPage() {
  const { callId = '' } = useParams()
  const found = useQuery(callQuery(callId))
  if (found.data !== undefined) return <LiveCall key={callId} call={found.data} />
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
