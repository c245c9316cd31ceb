import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { uiLang } from '../i18n/i18n.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { refreshServices } from './queries.ts'
import { sendRows } from './send-submission.ts'
import { SubmissionDiff } from './submission-diff.tsx'
import { SubmissionDone } from './submission-done.tsx'
import { TextField } from './text-field.tsx'
import type { ServiceKind, SubmissionFault } from './types.ts'

/** Columns of Appendix 1 that a person fills in, with the most that each takes and its height. */
const FIELDS = [
  { key: 'registryNumber', maxLength: 64, rows: 1 },
  { key: 'name', maxLength: 1000, rows: 2 },
  { key: 'byLaw', maxLength: 4000, rows: 2 },
  { key: 'changes', maxLength: 10_000, rows: 2 },
  { key: 'webResource', maxLength: 2000, rows: 1 },
  { key: 'responsible', maxLength: 2000, rows: 2 },
  { key: 'contacts', maxLength: 2000, rows: 2 },
] as const
type Field = (typeof FIELDS)[number]['key']
export type FormValues = Record<Field, string>

const EMPTY: FormValues = {
  registryNumber: '',
  name: '',
  byLaw: '',
  changes: '',
  webResource: '',
  responsible: '',
  contacts: '',
}
const REST_MS = 400
/** With fewer the reader of tables sees no row at all. */
const FEWEST = 2

interface FormSubmissionProps {
  kind: ServiceKind | null
  agencyId: string | null
  /** A service as it is held, to be changed. */
  start: FormValues | null
}

const lines = (faults: readonly SubmissionFault[]) =>
  faults.length === 0
    ? null
    : faults.map(({ code, reason, mend }) => (
        <p key={`${code}${reason}`}>
          {reason} {mend}
        </p>
      ))

/** Appendix 1 for one service as a form, held to the same checks as a file, with each fault at its field. */
export function FormSubmission({ kind, agencyId, start }: FormSubmissionProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [values, setValues] = useState<FormValues>(start ?? EMPTY)
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set())
  const [tried, setTried] = useState(false)
  const rested = useDebounced(values, REST_MS)
  const sending = { kind, agencyId }
  const isEnough = Object.values(rested).filter((value) => value.trim() !== '').length >= FEWEST
  const check = useQuery({
    queryKey: ['submission-check', uiLang(), sending, rested],
    queryFn: ({ signal }) => sendRows([rested], { ...sending, checkOnly: true }, signal),
    enabled: isEnough,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 60_000,
  })
  const send = useMutation({
    mutationFn: () => sendRows([values], { ...sending, checkOnly: false }),
    onSuccess: () => refreshServices(queries),
  })
  if (send.data !== undefined)
    return (
      <SubmissionDone
        result={send.data}
        onMore={() => {
          send.reset()
          setValues(EMPTY)
          setTouched(new Set())
          setTried(false)
        }}
      />
    )

  const isFresh = rested === values && !check.isPlaceholderData && !check.isFetching
  const submission = isEnough ? check.data?.submission : undefined
  const faults = submission?.faults ?? []
  const isClean = isFresh && submission?.status === 'accepted'
  const errorOf = (key: Field) => {
    if (!tried && !touched.has(key)) return null
    if (submission === undefined)
      return tried && values[key].trim() === '' && key !== 'changes' ? t('services.fillIn') : null
    return lines(faults.filter((fault) => fault.severity === 'error' && fault.place.column?.key === key))
  }
  const remarkOf = (key: Field) =>
    lines(faults.filter((fault) => fault.severity === 'warning' && fault.place.column?.key === key))
  const others = faults.filter((fault) => fault.place.column === null && fault.severity === 'error')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (isClean) send.mutate()
  }
  return (
    <form className="form service-form" onSubmit={submit} noValidate data-testid="service-form">
      {FIELDS.map(({ key, maxLength, rows }) => (
        <TextField
          key={key}
          label={t(`services.column_${key}`)}
          hint={t(`services.hint_${key}`)}
          value={values[key]}
          maxLength={maxLength}
          rows={rows}
          error={errorOf(key)}
          remark={remarkOf(key)}
          onChange={(value) => setValues((now) => ({ ...now, [key]: value }))}
          onBlur={() => setTouched((now) => new Set(now).add(key))}
        />
      ))}
      <div role="status" className="form-check" data-testid="form-check" data-clean={isClean}>
        {submission === undefined ? (
          <p className="muted">{t('services.formIdle')}</p>
        ) : isFresh ? (
          submission.status === 'accepted' ? (
            <p className="good">{t('services.formClean')}</p>
          ) : (
            <p>{t('services.formFaulty', { count: submission.errors })}</p>
          )
        ) : (
          <p className="muted">{t('services.checking')}</p>
        )}
      </div>
      {tried && others.length > 0 ? <div className="form-error">{lines(others)}</div> : null}
      {check.error === null ? null : <ProblemNotice error={check.error} onRetry={() => void check.refetch()} />}
      {isClean && submission !== undefined ? <SubmissionDiff submission={submission} /> : null}
      {send.error === null ? null : <ProblemNotice error={send.error} />}
      <div className="services-tools">
        <button type="submit" className="button button-primary" disabled={send.isPending}>
          {t('services.send')}
        </button>
      </div>
    </form>
  )
}
