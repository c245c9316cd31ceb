import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { FaultTable } from './fault-table.tsx'
import { submissionListQuery, submissionQuery } from './queries.ts'
import { saveBlob } from './save-blob.ts'
import { fetchAnnotatedOf } from './send-submission.ts'
import { mayWatch } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import { SubmissionDiff } from './submission-diff.tsx'
import type { SubmissionSummary } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'

/** What was wrong with a submission, or what it changed. */
function Details({ summary }: { summary: SubmissionSummary }) {
  const { t } = useTranslation()
  const one = useQuery(submissionQuery(summary.id))
  const annotated = useMutation({
    mutationFn: () => fetchAnnotatedOf(summary.id),
    onSuccess: ({ blob, name }) => saveBlob(blob, name),
  })
  if (one.error !== null) return <ProblemNotice error={one.error} onRetry={() => void one.refetch()} />
  if (one.data === undefined) return <Skeleton rows={2} kind="line" />
  const submission = one.data
  return (
    <>
      {summary.status === 'refused' ? (
        <div className="services-tools">
          <button type="button" className="button" disabled={annotated.isPending} onClick={() => annotated.mutate()}>
            {t('services.annotated')}
          </button>
          <span className="muted">{t('services.annotatedHint')}</span>
        </div>
      ) : null}
      {annotated.error === null ? null : <ProblemNotice error={annotated.error} />}
      {submission.faults.length > 0 ? (
        <FaultTable faults={submission.faults} unlisted={submission.unlisted} />
      ) : (
        <p className="muted">{t('submissions.noFaults')}</p>
      )}
      {summary.status === 'accepted' ? <SubmissionDiff submission={submission} /> : null}
    </>
  )
}

function Rows({ summary, agency }: { summary: SubmissionSummary; agency: string | null }) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  const isAccepted = summary.status === 'accepted'
  return (
    <>
      <tr data-testid="submission" data-status={summary.status}>
        <td>{formatMoment(summary.receivedAt)}</td>
        <td>
          {summary.name}
          {summary.format === null ? null : <span className="sub-line">{summary.format}</span>}
        </td>
        {agency === null ? null : <td>{agency}</td>}
        <td>
          <span className={`state ${isAccepted ? 'state-added' : 'state-removed'}`}>
            {t(isAccepted ? 'submissions.accepted' : 'submissions.refused')}
          </span>
          <span className="sub-line">
            {t('submissions.errors', { errors: String(summary.errors), warnings: String(summary.warnings) })}
          </span>
        </td>
        <td>
          <button
            type="button"
            className="link-button"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`${t(open ? 'submissions.hide' : 'submissions.open')}: ${summary.name}`}
            onClick={() => setOpen((now) => !now)}
          >
            {t(open ? 'submissions.hide' : 'submissions.open')}
          </button>
        </td>
      </tr>
      <tr id={id} hidden={!open}>
        <td colSpan={agency === null ? 4 : 5}>{open ? <Details summary={summary} /> : null}</td>
      </tr>
    </>
  )
}

function Submissions({ own }: { own: boolean }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(submissionListQuery)
  const agencyName = useAgencyName()
  usePageTitle(t('submissions.title'))
  return (
    <div className="page page-services">
      <ServicesNav />
      <h1>{t('submissions.title')}</h1>
      <PagedList list={list} rows={4} empty={t('submissions.none')}>
        {(items) => (
          <TableFrame label={t('submissions.title')}>
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{t('submissions.when')}</th>
                  <th scope="col">{t('submissions.file')}</th>
                  {own ? null : <th scope="col">{t('submissions.agency')}</th>}
                  <th scope="col">{t('submissions.outcome')}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t('submissions.open')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((summary) => (
                  <Rows key={summary.id} summary={summary} agency={own ? null : agencyName(summary.agencyId)} />
                ))}
              </tbody>
            </table>
          </TableFrame>
        )}
      </PagedList>
    </div>
  )
}

/** Earlier submissions of Appendix 1, refused ones with their faults and the annotated file; an agency's are its own. */
export function SubmissionListPage() {
  const { role } = useSession()
  return mayWatch(role) ? <Submissions own={role === 'agency'} /> : <NotFoundPage />
}
