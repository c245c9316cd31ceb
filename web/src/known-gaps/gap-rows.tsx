import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import { GAPS_KEY } from './queries.ts'
import type { GapQuestion, KnownGap } from './types.ts'

const actHref = ({ actId, lang }: KnownGap) => `/acts/${encodeURIComponent(actId)}?lang=${lang}`

/** Gaps with the questions that ask them; an editor's own questions can be taken back, and a silent gap confirmed. */
export function GapRows({ items }: { items: readonly KnownGap[] }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const say = useToast()
  const queries = useQueryClient()
  const list = useRef<HTMLUListElement>(null)
  const writes = role === 'editor' || role === 'admin'
  const done = (said: string) => {
    say(said)
    // The button that was pressed goes with its row.
    list.current?.focus()
  }
  const onSettled = () => queries.invalidateQueries({ queryKey: GAPS_KEY })
  const remove = useMutation({
    mutationFn: ({ id }: GapQuestion) => read(api['known-gaps'][':id'].$delete({ param: { id } })),
    onSuccess: () => done(t('questions.removed')),
    onSettled,
  })
  const confirm = useMutation({
    mutationFn: ({ actId, lang, gap }: KnownGap) =>
      read(api['known-gaps'].confirm.$post({ json: { actId, lang, gap } })),
    onSuccess: () => done(t('gaps.confirmed')),
    onSettled,
  })
  const error = remove.error ?? confirm.error
  return (
    <>
      {error === null ? null : <ProblemNotice error={error} />}
      <ul className="tasks question-rows" ref={list} tabIndex={-1} aria-label={t('gaps.title')}>
        {items.map((item) => (
          <li key={`${item.actId} ${item.lang} ${item.gap}`} className="task" data-testid="known-gap">
            <div className="task-head">
              <span lang={item.lang}>{item.gap}</span>
              <LangBadge lang={item.lang} />
              {item.silentSince === null ? null : (
                <span className="state state-withdrawn">{t('gaps.silent', { date: formatDay(item.silentSince) })}</span>
              )}
            </div>
            <p className="task-why">
              <Link to={actHref(item)} lang={item.lang}>
                {item.actTitle}
              </Link>
            </p>
            <details>
              <summary>{t('questions.count', { count: item.questions.length })}</summary>
              <ul className="gap-questions">
                {item.questions.map((one) => (
                  <li key={one.id}>
                    <span lang={item.lang}>{one.text}</span>{' '}
                    <span className="muted">
                      {one.origin === 'file'
                        ? t('questions.fromFile', { file: one.file ?? 'content/questions' })
                        : t('questions.said', { by: one.added?.by ?? '', at: formatMoment(one.added?.at ?? '') })}
                    </span>{' '}
                    {writes && one.origin === 'editor' ? (
                      <button
                        type="button"
                        className="link-button"
                        disabled={remove.isPending}
                        onClick={() => remove.mutate(one)}
                      >
                        {t('questions.remove')} <span className="visually-hidden">«{one.text}»</span>
                      </button>
                    ) : null}
                  </li>
                ))}
              </ul>
            </details>
            <div className="task-foot">
              <span className="muted">
                {item.confirmed === null
                  ? t('gaps.checked', { date: formatDay(item.checkedOn) })
                  : t('gaps.checkedBy', { date: formatDay(item.confirmed.on), by: item.confirmed.by })}
              </span>
              {writes && item.silentSince !== null ? (
                <button
                  type="button"
                  className="link-button"
                  disabled={confirm.isPending}
                  onClick={() => confirm.mutate(item)}
                >
                  {t('gaps.confirm')} <span className="visually-hidden">«{item.gap}»</span>
                </button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
