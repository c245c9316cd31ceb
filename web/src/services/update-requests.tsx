import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useToast } from '../ui/toast.tsx'
import { DialogForm } from './dialog-form.tsx'
import { refreshServices, updateRequestListQuery } from './queries.ts'
import { mayWrite } from './service-roles.ts'
import { TextField } from './text-field.tsx'
import type { UpdateRequest } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'

function AnswerDialog({ request, onClose }: { request: UpdateRequest; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = text.trim().length < 3
  const run = useMutation({
    mutationFn: () =>
      read(
        api['update-requests'][':id'].answer.$post({ param: { id: request.requestId }, json: { text: text.trim() } }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('impact.answerSent'))
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('impact.noChangesNeeded')}
      submit={t('impact.sendAnswer')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (!isShort) run.mutate()
      }}
    >
      <TextField
        label={t('impact.answerText')}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={2000}
        error={tried && isShort ? t('services.fillIn') : null}
      />
    </DialogForm>
  )
}

function RequestRow({ request }: { request: UpdateRequest }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const agencyName = useAgencyName()
  const [answering, setAnswering] = useState(false)
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
      {isOpen && mayWrite(role) ? (
        <div className="services-tools">
          {request.service === null ? null : (
            <Link
              to={`/services/submit?mode=form&service=${encodeURIComponent(request.service.id)}`}
              className="button button-small button-primary"
            >
              {t('impact.resubmit')}
            </Link>
          )}
          <button type="button" className="button button-small" onClick={() => setAnswering(true)}>
            {t('impact.noChangesNeeded')}
          </button>
        </div>
      ) : null}
      {answering ? <AnswerDialog request={request} onClose={() => setAnswering(false)} /> : null}
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
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (items.length === 0 && onState === undefined) return null
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
      {list.isSuccess && items.length === 0 ? <p className="muted">{t('submissions.noRequests')}</p> : null}
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
