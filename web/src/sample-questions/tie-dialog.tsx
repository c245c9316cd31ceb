import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { articleQuery, searchQuery } from '../api/queries.ts'
import type { Answer, Lang, SearchHit } from '../api/types.ts'
import { GapDialog } from '../known-gaps/gap-dialog.tsx'
import { LONGEST_QUESTION, SHORTEST_QUESTION } from './types.ts'
import { todayInAlmaty } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import './sample-questions.css'
import { QUESTIONS_KEY } from './queries.ts'

interface TieDialogProps {
  question: string
  lang: Lang
  /** What the button says that closes what asked for it: the question of the log, or the task. */
  closeLabel: string
  /** Closes it; only offered where the point answers, or the question is refused as a known gap. @param reason why, in the reader's language */
  onCloseGap: (reason: string) => Promise<unknown>
  onClose: () => void
}

interface Place {
  actId: string
  eid: string
  label: string
  /** The wording that was shown. */
  provisionId: string
}

/** What became of the question once it was tied to a provision. */
interface Outcome {
  id: string
  place: Place
  /** Null: it is tied, and could not be asked again. */
  answer: Answer | null
}

const CHOICES = 10
const TYPING_MS = 300

const isWithin = (eid: string, other: string): boolean => eid === other || eid.startsWith(`${other}__`)

/** The places that an answer cites, each once. */
const citedIn = ({ sentences }: Answer) => [
  ...new Map(
    sentences.flatMap(({ citations }) => citations.map((one) => [`${one.actId} ${one.eid}`, one] as const)),
  ).values(),
]

function Choice({
  hit,
  name,
  isChosen,
  onChoose,
}: {
  hit: SearchHit
  name: string
  isChosen: boolean
  onChoose: () => void
}) {
  const id = useId()
  return (
    <div className="tie-choice">
      <input
        type="radio"
        id={id}
        name={name}
        checked={isChosen}
        aria-describedby={`${id}-text`}
        data-testid="tie-choice"
        onChange={onChoose}
      />
      <label htmlFor={id} lang={hit.lang}>
        <strong>{hit.citation?.label}</strong> {hit.title}
      </label>
      <p id={`${id}-text`} className="tie-text" lang={hit.lang}>
        {hit.text}
      </p>
    </div>
  )
}

/** Whether a citation is of the chosen point or of something in it. */
const isCited = (place: Place) => (one: { actId: string; eid: string }) =>
  one.actId === place.actId && isWithin(one.eid, place.eid)

/** What the assistant answers now, as it is. */
function OutcomeOf({ outcome, lang }: { outcome: Outcome; lang: Lang }) {
  const { t } = useTranslation()
  const { answer, place } = outcome
  if (answer === null)
    return (
      <p className="notice notice-warn" data-testid="tie-outcome" data-outcome="not-asked">
        {t('questions.notAsked', { label: place.label })}
      </p>
    )
  const cited = citedIn(answer)
  const isHeld = cited.some(isCited(place))
  const labels = cited.map(({ label }) => label).join(', ')
  return (
    <>
      <p
        className={isHeld ? 'notice' : 'notice notice-warn'}
        data-testid="tie-outcome"
        data-outcome={isHeld ? 'answered' : cited.length === 0 ? 'refused' : 'other'}
      >
        {isHeld
          ? t('questions.nowAnswered', { label: labels })
          : cited.length === 0
            ? t('questions.stillRefused', { label: place.label })
            : t('questions.otherPoint', { label: labels, wanted: place.label })}
      </p>
      {answer.sentences.length === 0 ? null : (
        <ul className="tie-sentences" lang={lang}>
          {answer.sentences.map((sentence, index) => (
            <li key={index}>
              {sentence.text} <span className="muted">{sentence.citations.map(({ label }) => label).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Says which point answers a question, or that none does, and shows at once what is answered now. */
export function TieDialog(props: TieDialogProps) {
  const [isGap, setGap] = useState(false)
  return isGap ? <GapDialog {...props} /> : <PointDialog {...props} onNoPoint={() => setGap(true)} />
}

function PointDialog({
  question,
  lang,
  closeLabel,
  onCloseGap,
  onClose,
  onNoPoint,
}: TieDialogProps & { onNoPoint: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const queries = useQueryClient()
  const [text, setText] = useState(question.slice(0, LONGEST_QUESTION))
  const [looked, setLooked] = useState(question.slice(0, LONGEST_QUESTION))
  const field = useRef<HTMLInputElement>(null)
  // A dialog takes the focus as it opens, to its first button.
  useEffect(() => field.current?.focus(), [])
  const [chosen, setChosen] = useState<SearchHit | null>(null)
  const [part, setPart] = useState('')
  const q = useDebounced(looked.trim(), TYPING_MS)
  const found = useQuery({
    // Of a day, though it is today: an editor’s look is not what people miss.
    ...searchQuery({
      q,
      lang,
      asOf: todayInAlmaty(),
      verbatim: false,
      kind: null,
      agency: null,
      service: null,
      limit: CHOICES,
    }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const hits = (found.data?.hits ?? []).filter((hit) => hit.lang === lang && hit.citation !== null)
  const all = chosen === null || hits.some((hit) => hit.passageId === chosen.passageId) ? hits : [chosen, ...hits]
  const article = useQuery({
    ...articleQuery({ articleId: chosen?.articleId ?? '', asOf: null, lang }),
    enabled: chosen !== null,
  })
  const parts = new Map(
    article.data?.passages
      .find(({ passageId }) => passageId === chosen?.passageId)
      ?.segments.map((segment) => [segment.eid, segment] as const),
  )
  parts.delete(chosen?.citation?.eid ?? '')

  const save = useMutation({
    mutationFn: async (input: { place: Place; text: string }): Promise<Outcome> => {
      const { place } = input
      const { id: made } = await read(
        api['sample-questions'].$post({
          json: { actId: place.actId, lang, eid: place.eid, provisionId: place.provisionId, text: input.text },
        }),
      )
      void queries.invalidateQueries({ queryKey: QUESTIONS_KEY })
      // What people asked, not how the editor worded it.
      const answer = await read(api.answers.$post({ json: { question, lang, asOf: todayInAlmaty() } })).catch(
        () => null,
      )
      return { id: made, place, answer }
    },
  })
  const undo = useMutation({
    mutationFn: (made: string) => read(api['sample-questions'][':id'].$delete({ param: { id: made } })),
    onSuccess: () => {
      save.reset()
      void queries.invalidateQueries({ queryKey: QUESTIONS_KEY })
    },
  })
  const close = useMutation({
    mutationFn: (label: string) => onCloseGap(t('questions.closeReason', { label })),
    onSuccess: onClose,
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const citation = chosen?.citation
    if (citation == null) return
    const { actId } = citation
    const { eid, label, provisionId } = parts.get(part) ?? citation
    save.mutate({ place: { actId, eid, label, provisionId }, text: text.trim() })
  }
  const outcome = save.data
  const isAnswered = outcome?.answer != null && citedIn(outcome.answer).some(isCited(outcome.place))
  return (
    <Modal title={t('questions.tieTitle')} onClose={onClose}>
      <div className="tie">
        <p className="tie-question" lang={lang}>
          «{question}» <LangBadge lang={lang} />
        </p>
        {/* Always there: what comes into it is read out. */}
        <div role="status" className="list-said">
          {save.isPending ? <p className="muted">{t('questions.saving')}</p> : null}
          {outcome === undefined ? null : <OutcomeOf outcome={outcome} lang={lang} />}
        </div>
        {outcome === undefined ? (
          <form className="form" onSubmit={submit}>
            <p className="muted">{t('questions.tieText')}</p>
            <div className="form-field">
              <label htmlFor={`${id}-text`}>{t('questions.wording')}</label>
              <input
                id={`${id}-text`}
                type="text"
                lang={lang}
                required
                minLength={SHORTEST_QUESTION}
                maxLength={LONGEST_QUESTION}
                value={text}
                aria-describedby={`${id}-hint`}
                onChange={(event) => setText(event.target.value)}
              />
              <p id={`${id}-hint`} className="muted">
                {t('questions.wordingHint')}
              </p>
            </div>
            <div className="form-field">
              <label htmlFor={`${id}-find`}>{t('questions.find')}</label>
              <input
                id={`${id}-find`}
                ref={field}
                type="search"
                maxLength={LONGEST_QUESTION}
                value={looked}
                onChange={(event) => setLooked(event.target.value)}
                onKeyDown={(event) => {
                  // Enter in the search must not save a choice made before.
                  if (event.key === 'Enter') event.preventDefault()
                }}
              />
            </div>
            <fieldset className="tie-choices" data-stale={found.isPlaceholderData}>
              <legend>{t('questions.choices')}</legend>
              {found.error === null ? null : <ProblemNotice error={found.error} />}
              {found.isPending && q !== '' ? <Skeleton rows={3} kind="line" /> : null}
              {found.isSuccess && all.length === 0 ? <p role="status">{t('questions.noneFound')}</p> : null}
              {all.map((hit) => (
                <Choice
                  key={hit.passageId}
                  hit={hit}
                  name={`${id}-choice`}
                  isChosen={hit.passageId === chosen?.passageId}
                  onChoose={() => {
                    setChosen(hit)
                    setPart('')
                  }}
                />
              ))}
            </fieldset>
            {parts.size === 0 ? null : (
              <div className="form-field">
                <label htmlFor={`${id}-part`}>{t('questions.part')}</label>
                <select id={`${id}-part`} value={part} onChange={(event) => setPart(event.target.value)}>
                  <option value="">{t('questions.wholePoint', { label: chosen?.citation?.label ?? '' })}</option>
                  {[...parts.values()].map(({ eid, label }) => (
                    <option key={eid} value={eid}>
                      {label}
                    </option>
                  ))}
                </select>
              </div>
            )}
            {article.error === null ? null : <ProblemNotice error={article.error} />}
            {chosen?.sourceChanged == null ? null : (
              <div className="notice notice-warn" role="status">
                <SourceChangeNote changed={chosen.sourceChanged} coming={null} /> {t('questions.stale')}
              </div>
            )}
            {save.error === null ? null : <ProblemNotice error={save.error} />}
            <div className="modal-actions">
              <button type="button" className="link-button" onClick={onNoPoint}>
                {t('gaps.offer')}
              </button>
              <button type="button" className="button" onClick={onClose}>
                {t('common.cancel')}
              </button>
              <button
                type="submit"
                className="button button-primary"
                disabled={chosen === null || chosen.sourceChanged !== null || save.isPending}
              >
                {t('questions.tie')}
              </button>
            </div>
          </form>
        ) : (
          <>
            {undo.error === null ? null : <ProblemNotice error={undo.error} />}
            {close.error === null ? null : <ProblemNotice error={close.error} />}
            <div className="modal-actions">
              <button
                type="button"
                className="button"
                autoFocus={!isAnswered}
                disabled={undo.isPending}
                onClick={() => undo.mutate(outcome.id)}
              >
                {t('questions.undo')}
              </button>
              <button type="button" className="button" onClick={onClose}>
                {t('questions.leaveOpen')}
              </button>
              {/* A gap is closed with «answered by …» as its reason: only where that is so. */}
              {isAnswered ? (
                <button
                  type="button"
                  className="button button-primary"
                  autoFocus
                  disabled={close.isPending}
                  onClick={() => close.mutate(outcome.place.label)}
                >
                  {closeLabel}
                </button>
              ) : null}
            </div>
          </>
        )}
      </div>
    </Modal>
  )
}
