import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { itemsOf, PagedList } from '../ui/paged-list.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { PROTECTIONS, ProtectionField, type Protection } from './protection-field.tsx'
import { updateRequestListQuery } from './queries.ts'
import { mayWithdraw, mayWrite } from './service-roles.ts'
import type { UpdateRequest } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'
import { WordsDialog } from './words-dialog.tsx'

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
  const [protection, setProtection] = useState<Protection>('none')
  const words = ACTS[act]
  return (
    <WordsDialog
      title={t(words.title)}
      submit={t(words.submit)}
      label={t(words.label)}
      said={t(words.said)}
      maxLength={2000}
      rows={3}
      run={(said) => {
        const param = { id: request.requestId }
        const one = api['update-requests'][':id']
        return act === 'answer'
          ? read(one.answer.$post({ param, json: { text: said, protection } }))
          : read(one[act].$post({ param, json: { reason: said } }))
      }}
      onClose={onClose}
      intro={act === 'withdraw' ? <p className="muted">{t('impact.withdrawHint')}</p> : null}
    >
      {act === 'answer' ? <ProtectionField value={protection} options={PROTECTIONS} onChange={setProtection} /> : null}
    </WordsDialog>
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
      {request.answer === null && request.answerProtection !== 'none' ? (
        <p className="muted">{t('gate.hiddenAnswer')}</p>
      ) : null}
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

interface UpdateRequestsProps {
  /** Null: of all services that the reader may see. */
  serviceId: string | null
  state: 'open' | 'all'
  /** Where all are listed: between those that are open and all, answered and withdrawn ones among them. */
  onState?: (state: 'open' | 'all') => void
}

/** Requests to bring information up to date after an act was amended (п. 26). */
export function UpdateRequests({ serviceId, state, onState }: UpdateRequestsProps) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(updateRequestListQuery(serviceId, state))
  if (onState === undefined && itemsOf(list).length === 0 && list.error === null) return null
  return (
    <section className="card" aria-labelledby="requests-title">
      <h2 id="requests-title">{t('impact.requestTitle')}</h2>
      {onState === undefined ? null : (
        <Segmented<'open' | 'all'>
          label={t('submissions.requestsState')}
          value={state}
          onChange={onState}
          options={[
            { value: 'open', label: t('submissions.requestsOpen') },
            { value: 'all', label: t('submissions.requestsAll') },
          ]}
        />
      )}
      <PagedList list={list} rows={2} empty={t('submissions.noRequests')}>
        {(items) => (
          <ul className="tasks">
            {items.map((request) => (
              <RequestRow key={request.requestId} request={request} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  )
}
