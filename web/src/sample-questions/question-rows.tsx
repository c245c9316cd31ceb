import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import { QUESTIONS_KEY } from './queries.ts'
import './sample-questions.css'
import { TieDialog } from './tie-dialog.tsx'
import type { SampleQuestion } from './types.ts'

const hrefOf = ({ actId, lang, eid }: SampleQuestion) => `/acts/${encodeURIComponent(actId)}?lang=${lang}#${eid}`

/** Questions with who said them; an editor’s own can be taken back, and confirmed where their point reads otherwise. */
export function QuestionRows({ items, withPlaces }: { items: readonly SampleQuestion[]; withPlaces: boolean }) {
  const { t } = useTranslation()
  const session = useSession()
  const say = useToast()
  const queries = useQueryClient()
  const list = useRef<HTMLUListElement>(null)
  const [tying, setTying] = useState<SampleQuestion | null>(null)
  const writes = session.role === 'editor' || session.role === 'admin'
  const refresh = () => queries.invalidateQueries({ queryKey: QUESTIONS_KEY })
  const remove = useMutation({
    mutationFn: ({ id }: SampleQuestion) => read(api['sample-questions'][':id'].$delete({ param: { id } })),
    onSuccess: () => {
      say(t('questions.removed'))
      // The button that was pressed goes with its row.
      list.current?.focus()
    },
    onSettled: refresh,
  })
  const confirm = useMutation({
    mutationFn: ({ item: { actId, lang, eid, text }, provisionId }: { item: SampleQuestion; provisionId: string }) =>
      read(api['sample-questions'].$post({ json: { actId, lang, eid, text, provisionId } })),
    onSuccess: () => {
      say(t('questions.confirmed'))
      list.current?.focus()
    },
    onSettled: refresh,
  })
  const error = remove.error ?? confirm.error
  return (
    <>
      {error === null ? null : <ProblemNotice error={error} />}
      <ul className="tasks question-rows" ref={list} tabIndex={-1} aria-label={t('questions.title')}>
        {items.map((item) => (
          <li key={item.id} className="task" data-testid="sample-question">
            <div className="task-head">
              <span lang={item.lang}>{item.text}</span>
              {withPlaces ? <LangBadge lang={item.lang} /> : null}
              {item.state === 'in-force' ? null : (
                <span className="state state-withdrawn">{t(`questions.state_${item.state}`)}</span>
              )}
            </div>
            {withPlaces ? (
              <p className="task-why">
                <Link to={hrefOf(item)}>{item.label}</Link> <span lang={item.lang}>{item.actTitle}</span>
              </p>
            ) : null}
            {item.wording === null ? null : (
              <>
                <p className="muted">{t('questions.readsNow')}</p>
                <blockquote className="question-wording" lang={item.lang}>
                  {item.wording.text}
                </blockquote>
              </>
            )}
            <div className="task-foot">
              <span className="muted">
                {item.origin === 'file'
                  ? t('questions.fromFile', { file: item.file ?? 'content/questions' })
                  : t('questions.said', { by: item.added?.by ?? '', at: formatMoment(item.added?.at ?? '') })}
              </span>
              {writes && item.wording !== null ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={confirm.isPending}
                  onClick={() => confirm.mutate({ item, provisionId: item.wording?.provisionId ?? '' })}
                >
                  {t('questions.confirm')} <span className="visually-hidden">«{item.text}»</span>
                </button>
              ) : null}
              {writes && withPlaces && item.origin === 'editor' && item.state !== 'in-force' ? (
                <button type="button" className="link-button" onClick={() => setTying(item)}>
                  {t('questions.tieElsewhere')} <span className="visually-hidden">«{item.text}»</span>
                </button>
              ) : null}
              {writes && item.origin === 'editor' ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(item)}
                >
                  {t('questions.remove')} <span className="visually-hidden">«{item.text}»</span>
                </button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {tying === null ? null : (
        <TieDialog
          question={tying.text}
          lang={tying.lang}
          closeLabel={t('questions.removeFormer')}
          onClose={() => setTying(null)}
          onCloseGap={() => remove.mutateAsync(tying)}
        />
      )}
    </>
  )
}
