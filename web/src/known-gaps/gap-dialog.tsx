import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { actListQuery, searchQuery } from '../api/queries.ts'
import type { Answer, Lang } from '../api/types.ts'
import { LONGEST_QUESTION, SHORTEST_QUESTION } from '../sample-questions/types.ts'
import { todayInAlmaty } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { Modal } from '../ui/modal.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { GAPS_KEY, gapNamesQuery } from './queries.ts'
import { LONGEST_GAP } from './types.ts'
import '../sample-questions/sample-questions.css'

const TYPING_MS = 250

interface GapDialogProps {
  question: string
  lang: Lang
  /** What the button says that closes what asked for it: the question of the log, or the task. */
  closeLabel: string
  /** Closes it; offered where the question is refused with the gap. @param reason why, in the reader's language */
  onCloseGap: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** Says that an act does not answer a question, and shows at once what whoever asks is told. */
export function GapDialog({ question, lang, closeLabel, onCloseGap, onClose }: GapDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const queries = useQueryClient()
  const [text, setText] = useState(question.slice(0, LONGEST_QUESTION))
  const field = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [gap, setGap] = useState('')
  const acts = useQuery(actListQuery)
  /** The act that is nearest to the question is the likeliest to be silent on it. */
  const found = useQuery(
    searchQuery({
      q: question.trim(),
      lang,
      asOf: todayInAlmaty(),
      verbatim: false,
      kind: null,
      agency: null,
      service: null,
      limit: 1,
    }),
  )
  const held = (acts.data?.items ?? []).filter(({ languages }) => languages.includes(lang))
  const nearest = found.data?.hits[0]?.citation?.actId
  const actId = chosen ?? held.find((act) => act.actId === nearest)?.actId ?? ''
  const typed = useDebounced(gap.trim(), TYPING_MS)
  const names = useQuery({
    ...gapNamesQuery({ actId, lang, q: typed }),
    enabled: actId !== '' && typed !== '',
    placeholderData: keepPreviousData,
  })
  const save = useMutation({
    mutationFn: async (): Promise<{ id: string; answer: Answer | null }> => {
      const { id: made } = await read(
        api['known-gaps'].$post({ json: { actId, lang, gap: gap.trim(), text: text.trim() } }),
      )
      void queries.invalidateQueries({ queryKey: GAPS_KEY })
      const answer = await read(api.answers.$post({ json: { question, lang, asOf: todayInAlmaty() } })).catch(
        () => null,
      )
      return { id: made, answer }
    },
  })
  const undo = useMutation({
    mutationFn: (made: string) => read(api['known-gaps'][':id'].$delete({ param: { id: made } })),
    onSuccess: () => {
      save.reset()
      void queries.invalidateQueries({ queryKey: GAPS_KEY })
    },
  })
  const close = useMutation({
    mutationFn: () => onCloseGap(t('gaps.closeReason', { gap: gap.trim() })),
    onSuccess: onClose,
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const outcome = save.data
  const isRefused = outcome?.answer?.status === 'no_answer'
  const isForm = outcome === undefined
  // A dialog takes the focus as it opens, to its first button; and what is taken back is corrected next.
  useEffect(() => {
    if (isForm) field.current?.focus()
  }, [isForm])
  return (
    <Modal title={t('gaps.sayTitle')} onClose={onClose}>
      <div className="tie">
        <p className="tie-question" lang={lang}>
          «{question}» <LangBadge lang={lang} />
        </p>
        {/* Always there: what comes into it is read out. */}
        <div role="status" className="list-said">
          {save.isPending ? <p className="muted">{t('questions.saving')}</p> : null}
          {outcome === undefined ? null : (
            <p
              className={isRefused ? 'notice' : 'notice notice-warn'}
              data-testid="gap-outcome"
              data-outcome={outcome.answer === null ? 'not-asked' : isRefused ? 'refused' : 'other'}
            >
              {outcome.answer === null
                ? t('gaps.notAsked')
                : isRefused
                  ? t('gaps.nowRefused', { message: outcome.answer.message ?? '' })
                  : t('gaps.stillAnswered')}
            </p>
          )}
        </div>
        {outcome === undefined ? (
          <form className="form" onSubmit={submit}>
            <p className="muted">{t('gaps.sayText')}</p>
            <div className="form-field">
              <label htmlFor={`${id}-gap`}>{t('gaps.name')}</label>
              <input
                id={`${id}-gap`}
                type="text"
                lang={lang}
                ref={field}
                required
                minLength={SHORTEST_QUESTION}
                maxLength={LONGEST_GAP}
                list={`${id}-names`}
                value={gap}
                aria-describedby={`${id}-hint`}
                onChange={(event) => setGap(event.target.value)}
              />
              <datalist id={`${id}-names`}>
                {names.data?.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </datalist>
              <p id={`${id}-hint`} className="muted">
                {t('gaps.nameHint')}
              </p>
            </div>
            <div className="form-field">
              <label htmlFor={`${id}-act`}>{t('gaps.act')}</label>
              <select id={`${id}-act`} value={actId} required onChange={(event) => setChosen(event.target.value)}>
                <option value="">{t('gaps.chooseAct')}</option>
                {held.map((act) => (
                  <option key={act.actId} value={act.actId}>
                    {act.annexTitle ?? act.title}
                  </option>
                ))}
              </select>
            </div>
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
                aria-describedby={`${id}-wording`}
                onChange={(event) => setText(event.target.value)}
              />
              <p id={`${id}-wording`} className="muted">
                {t('questions.wordingHint')}
              </p>
            </div>
            {acts.error === null ? null : <ProblemNotice error={acts.error} />}
            {save.error === null ? null : <ProblemNotice error={save.error} />}
            <div className="modal-actions">
              <button type="button" className="button" onClick={onClose}>
                {t('common.cancel')}
              </button>
              <button type="submit" className="button button-primary" disabled={actId === '' || save.isPending}>
                {t('gaps.sayDo')}
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
                autoFocus={!isRefused}
                disabled={undo.isPending}
                onClick={() => undo.mutate(outcome.id)}
              >
                {t('gaps.undo')}
              </button>
              <button type="button" className="button" onClick={onClose}>
                {t('questions.leaveOpen')}
              </button>
              {isRefused ? (
                <button
                  type="button"
                  className="button button-primary"
                  autoFocus
                  disabled={close.isPending}
                  onClick={() => close.mutate()}
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
