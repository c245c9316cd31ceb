import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices, updateRequestListQuery } from './queries.ts'
import { mayWithdraw, mayWrite } from './service-roles.ts'
import { TextField } from './text-field.tsx'
import type { UpdateRequest } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'

type Act = 'answer' | 'withdraw' | 'reopen'

const ACTS = {
  answer: {
    title: 'impact.noChangesNeeded',
    submit: 'impact.sendAnswer',
    label: 'impact.answerText',
    said: 'impact.answerSent',
  },
  withdraw: {
    title: 'impact.withdraw',
    submit: 'impact.withdraw',
    label: 'impact.withdrawWhy',
    said: 'impact.withdrawSaid',
  },
  reopen: { title: 'impact.reopen', submit: 'impact.reopen', label: 'impact.reopenWhy', said: 'impact.reopenSaid' },
} as const

/** Words on a request: an answer, or why it is withdrawn or brought back. */
function RequestDialog({ request, act, onClose }: { request: UpdateRequest; act: Act; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = text.trim().length < 3
  const words = ACTS[act]
  const run = useMutation({
    mutationFn: () => {
      const param = { id: request.requestId }
      const said = text.trim()
      const one = api['update-requests'][':id']
      if (act === 'answer') return read(one.answer.$post({ param, json: { text: said } }))
      return read(one[act].$post({ param, json: { reason: said } }))
    },
    onSuccess: async () => {
      await refreshServices(queries)
      say(t(words.said))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t(words.title)}
      submit={t(words.submit)}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isShort) run.mutate()
      }}
    >
      {act === 'withdraw' ? <p className="muted">{t('impact.withdrawHint')}</p> : null}
      <TextField
        label={t(words.label)}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={2000}
        error={tried && isShort ? t('services.fillIn') : null}
      />
    </DialogForm>
  )
}

const STEPS = {
  requested: 'impact.stepRequested',
  answered: 'impact.stepAnswered',
  withdrawn: 'impact.stepWithdrawn',
  reopened: 'impact.stepReopened',
} as const

/** Who asked, answered, withdrew and brought back, when and why. */
function RequestHistory({ steps }: { steps: UpdateRequest['history'] }) {
  const { t } = useTranslation()
  if (steps.length < 2) return null
  return (
    <details data-testid="request-history">
      <summary>{t('impact.history')}</summary>
      <ul className="plain-list">
        {steps.map((step) => (
          <li key={`${step.at}${step.what}`}>
            {formatMoment(step.at)} · {t(STEPS[step.what])}
            {step.by === null ? '' : ` · ${step.by}`}
            {step.reason === null ? null : <span className="sub-line">{step.reason}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function RequestRow({ request }: { request: UpdateRequest }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const agencyName = useAgencyName()
  const [act, setAct] = useState<Act | null>(null)
  const isOpen = request.state === 'open'
  return (
    <li className="task" data-testid="update-request" data-state={request.state}>
      <div className="task-head">
        <span>{t('impact.requestText', { by: request.amendedBy, act: request.act })}</span>
        {isOpen && request.dueOn !== null ? (
          <span className={request.isOverdue ? 'state state-withdrawn' : 'state'}>
            {t('impact.due', { date: formatDay(request.dueOn) })}
            {request.isOverdue ? `, ${t('impact.overdue')}` : ''}
          </span>
        ) : null}
        {!isOpen && request.closedOn !== null ? (
          <span className="state">
            {t(request.state === 'answered' ? 'impact.answered' : 'impact.withdrawn', {
              date: formatDay(request.closedOn),
            })}
          </span>
        ) : null}
      </div>
      <p>
        {t('impact.points')}: {request.points.map(({ label }) => label).join(', ')}{' '}
        <Link to={request.url}>{t('impact.whatChanged')}</Link>
      </p>
      <p className="muted">
        {request.service === null ? (
          agencyName(request.agencyId)
        ) : (
          <Link to={`/services/${encodeURIComponent(request.service.id)}`}>
            {request.service.registryNumber} {request.service.name}
          </Link>
        )}
        {' · '}
        {t('impact.responsible')}:{' '}
        {request.person === null ? t('impact.nobody') : `${request.person.name}, ${request.person.post}`}
      </p>
      {request.answer === null ? null : <p>{request.answer}</p>}
      <RequestHistory steps={request.history} />
      {mayWrite(role) && (isOpen || (request.state === 'withdrawn' && mayWithdraw(role))) ? (
        <div className="services-tools">
          {!isOpen || request.service === null ? null : (
            <Link
              to={`/services/submit?mode=form&service=${encodeURIComponent(request.service.id)}`}
              className="button button-small button-primary"
            >
              {t('impact.resubmit')}
            </Link>
          )}
          {isOpen ? (
            <button type="button" className="button button-small" onClick={() => setAct('answer')}>
              {t('impact.noChangesNeeded')}
            </button>
          ) : null}
          {mayWithdraw(role) ? (
            <button
              type="button"
              className="button button-small"
              onClick={() => setAct(isOpen ? 'withdraw' : 'reopen')}
            >
              {t(isOpen ? 'impact.withdraw' : 'impact.reopen')}
            </button>
          ) : null}
        </div>
      ) : null}
      {act === null ? null : <RequestDialog request={request} act={act} onClose={() => setAct(null)} />}
    </li>
  )
}

/** Requests to bring information up to date after an act was amended (п. 26): of one service, or all that are open. */
export function UpdateRequests({ serviceId }: { serviceId: string | null }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const [all, setAll] = useState(false)
  const list = useInfiniteQuery(updateRequestListQuery(serviceId, all))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  // What was withdrawn by mistake is brought back from the list of all.
  const mayLookBack = serviceId === null && mayWithdraw(role)
  if (list.isPending || (items.length === 0 && !mayLookBack)) return null
  return (
    <section className="card" aria-labelledby="requests-title">
      <h2 id="requests-title">{t('impact.requestTitle')}</h2>
      {mayLookBack ? (
        <label className="check-field">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />{' '}
          {t('impact.showClosed')}
        </label>
      ) : null}
      {items.length === 0 ? <p className="muted">{t('impact.noRequests')}</p> : null}
      <ul className="tasks">
        {items.map((request) => (
          <RequestRow key={request.requestId} request={request} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common.more')}
        </button>
      ) : null}
    </section>
  )
}
