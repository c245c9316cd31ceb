import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { FaultTable } from './fault-table.tsx'
import { FileDrop } from './file-drop.tsx'
import { refreshServices } from './queries.ts'
import { saveBlob } from './save-blob.ts'
import { fetchAnnotated, sendFile } from './send-submission.ts'
import { SubmissionDiff } from './submission-diff.tsx'
import { SubmissionDone } from './submission-done.tsx'
import type { ServiceKind } from './types.ts'

const MOST = 12 * 1024 * 1024

interface FileSubmissionProps {
  kind: ServiceKind | null
  agencyId: string | null
}

/** Appendix 1 as a file: checked at once, shown as faults or as a difference, then sent. */
export function FileSubmission({ kind, agencyId }: FileSubmissionProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [isTooLarge, setIsTooLarge] = useState(false)
  const outcome = useRef<HTMLHeadingElement>(null)
  const check = useMutation({ mutationFn: (given: File) => sendFile(given, { kind, agencyId, checkOnly: true }) })
  const send = useMutation({
    mutationFn: (given: File) => sendFile(given, { kind, agencyId, checkOnly: false }),
    onSuccess: () => refreshServices(queries),
  })
  const annotated = useMutation({
    mutationFn: fetchAnnotated,
    onSuccess: ({ blob, name }) => saveBlob(blob, name),
  })
  const choose = (given: File) => {
    send.reset()
    annotated.reset()
    check.reset()
    setFile(given)
    setIsTooLarge(given.size > MOST)
    if (given.size <= MOST) check.mutate(given)
  }
  const checked = check.data?.submission.id
  useEffect(() => {
    if (checked !== undefined) outcome.current?.focus()
  }, [checked])

  if (send.data !== undefined)
    return (
      <SubmissionDone
        result={send.data}
        onMore={() => {
          send.reset()
          check.reset()
          setFile(null)
        }}
      />
    )
  const submission = check.data?.submission
  const isClean = submission?.status === 'accepted'
  const changes = submission?.rows.filter(({ change }) => change === 'added' || change === 'changed').length ?? 0
  return (
    <>
      <FileDrop
        label={t('services.file')}
        hint={t('services.fileHint')}
        accept=".xlsx,.csv,.docx,.json"
        chosen={file?.name ?? null}
        error={isTooLarge ? t('services.largeFile', { limit: '12' }) : null}
        onFile={choose}
      />
      {check.isPending ? <Skeleton rows={3} kind="line" /> : null}
      {check.error === null ? null : (
        <ProblemNotice error={check.error} {...(file === null ? {} : { onRetry: () => check.mutate(file) })} />
      )}
      {submission === undefined || file === null ? null : (
        <section className="check-result" aria-labelledby="check-title" data-testid="check" data-clean={isClean}>
          <h2 id="check-title" ref={outcome} tabIndex={-1}>
            {isClean
              ? changes === 0
                ? t('services.cleanSame')
                : t('services.clean')
              : t('services.faulty', { count: submission.errors + submission.unlisted })}
          </h2>
          <p className="muted">
            {t('services.readAs', {
              format: submission.format ?? '—',
              rows: String(submission.rows.length),
              warnings: String(submission.warnings),
            })}
          </p>
          {isClean ? null : (
            <div className="services-tools">
              <button
                type="button"
                className="button button-primary"
                disabled={annotated.isPending}
                onClick={() => annotated.mutate(file)}
              >
                {t('services.annotated')}
              </button>
              <span className="muted">{t('services.annotatedHint')}</span>
            </div>
          )}
          {annotated.error === null ? null : <ProblemNotice error={annotated.error} />}
          {submission.faults.length > 0 ? (
            <FaultTable key={submission.id} faults={submission.faults} unlisted={submission.unlisted} />
          ) : null}
          {isClean ? (
            <>
              <SubmissionDiff key={submission.id} submission={submission} />
              <div className="services-tools">
                <button
                  type="button"
                  className="button button-primary"
                  disabled={send.isPending}
                  onClick={() => send.mutate(file)}
                >
                  {t('services.send')}
                </button>
              </div>
            </>
          ) : null}
          {send.error === null ? null : <ProblemNotice error={send.error} />}
        </section>
      )}
    </>
  )
}
