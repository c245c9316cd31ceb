import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { fetchApi } from '../api/fetch-api.ts'
import { FileDrop } from '../services/file-drop.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatDay } from '../text/days.ts'
import { Icon } from '../ui/icon.tsx'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import '../services/services.css'
import { ImportPreview } from './import-preview.tsx'
import type { ActImport } from './impact-types.ts'
import { filledDays, newDays, PublicationDayFields } from './publication-day-fields.tsx'

const MIB = 1024 * 1024
const MOST = 24

interface Sending {
  file: File
  meta: File | null
  days: ReturnType<typeof filledDays>
  complete: boolean
  dryRun: boolean
}

async function send({ file, meta, days, complete, dryRun }: Sending): Promise<ActImport> {
  const form = new FormData()
  form.set('file', file)
  if (meta !== null) form.set('meta', meta)
  form.set('publicationDays', JSON.stringify(days))
  form.set('complete', String(complete))
  form.set('dryRun', String(dryRun))
  return (await fetchApi('/api/v1/act-imports', { method: 'POST', body: form })).json() as Promise<ActImport>
}

function ImportDone({ done, onMore }: { done: ActImport; onMore: () => void }) {
  const { t } = useTranslation()
  const imported = done.imported
  return (
    <section className="check-result" data-testid="import-done" data-clean="true">
      <h2>{t(done.outcome === 'unchanged' ? 'impact.same' : 'impact.done')}</h2>
      {imported === null ? null : <p>{t('impact.waiting', { count: imported.proposed.length })}</p>}
      {imported === null || imported.endings.length === 0 ? null : (
        <p>{t('impact.endingsWait', { count: imported.endings.length })}</p>
      )}
      <div className="services-tools">
        <Link to="/editorial" className="button button-primary">
          {t('impact.toTasks')}
        </Link>
        {imported === null ? null : (
          <Link to={`/acts/${encodeURIComponent(imported.actId)}?lang=${imported.lang}`} className="button">
            {t('impact.toAct')}
          </Link>
        )}
        <button type="button" className="button" onClick={onMore}>
          {t('impact.another')}
        </button>
      </div>
    </section>
  )
}

function Messages({ messages }: { messages: ActImport['messages'] }) {
  const { t } = useTranslation()
  if (messages.length === 0) return null
  return (
    <details open={messages.some(({ severity }) => severity === 'error')}>
      <summary>
        {t('impact.messages')} ({messages.length})
      </summary>
      <ul className="import-messages">
        {messages.map((message, index) => (
          <li key={index} data-severity={message.severity}>
            <span className="muted">{t('impact.line', { line: String(message.line) })}</span> {message.text}
          </li>
        ))}
      </ul>
    </details>
  )
}

function ActImporter() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [meta, setMeta] = useState<File | null>(null)
  const [complete, setComplete] = useState(false)
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map())
  const outcome = useRef<HTMLHeadingElement>(null)
  const check = useMutation({ mutationFn: send })
  const run = useMutation({ mutationFn: send, onSuccess: () => queries.invalidateQueries() })
  const isTooLarge = file !== null && file.size > MOST * MIB
  const found = check.data
  const asked = found?.imported?.publicationDays ?? []
  const sending = (over: Partial<Sending> = {}): Sending | null =>
    file === null ? null : { file, meta, days: filledDays(asked, values), complete, dryRun: true, ...over }
  const look = (over: Partial<Sending>) => {
    const next = sending(over)
    run.reset()
    if (next !== null && next.file.size <= MOST * MIB) check.mutate(next)
  }
  useEffect(() => {
    if (found !== undefined) outcome.current?.focus()
  }, [found])

  if (run.data !== undefined)
    return (
      <ImportDone
        done={run.data}
        onMore={() => {
          run.reset()
          check.reset()
          setFile(null)
          setMeta(null)
          setValues(new Map())
        }}
      />
    )
  return (
    <>
      <p className="muted">{t('impact.importIntro')}</p>
      <div className="import-files">
        <FileDrop
          label={t('impact.file')}
          hint={t('impact.fileHint')}
          accept=".txt,.md,.html,.htm,.docx,.pdf"
          chosen={file?.name ?? null}
          error={isTooLarge ? t('impact.tooLarge', { limit: String(MOST) }) : null}
          onFile={(given) => {
            setFile(given)
            setValues(new Map())
            check.reset()
            if (given.size <= MOST * MIB) check.mutate({ file: given, meta, days: [], complete, dryRun: true })
          }}
        />
        <FileDrop
          label={t('impact.meta')}
          hint={t('impact.metaHint')}
          accept=".yaml,.yml"
          chosen={meta?.name ?? null}
          onFile={(given) => {
            setMeta(given)
            look({ meta: given, days: [] })
          }}
        />
      </div>
      <label className="check-field">
        <input
          type="checkbox"
          checked={complete}
          onChange={(event) => {
            setComplete(event.target.checked)
            look({ complete: event.target.checked })
          }}
        />{' '}
        {t('impact.complete')}
      </label>
      {check.isPending ? <Skeleton rows={4} kind="line" /> : null}
      {check.error === null ? null : <ProblemNotice error={check.error} />}
      {found === undefined || check.isPending ? null : (
        <section
          className="check-result"
          aria-labelledby="import-title"
          data-testid="import-preview"
          data-clean={found.outcome !== 'refused'}
        >
          <h2 id="import-title" ref={outcome} tabIndex={-1}>
            {t(found.outcome === 'refused' ? 'impact.refused' : 'impact.preview')}
          </h2>
          {found.outcome === 'refused' ? <p>{t('impact.refusedHint')}</p> : null}
          <Messages messages={found.messages} />
          {found.imported === null ? null : (
            <>
              <p className="import-act">
                <strong lang={found.imported.lang}>{found.imported.title}</strong>{' '}
                <LangBadge lang={found.imported.lang} />{' '}
                {t('impact.edition', { date: formatDay(found.imported.editionDate) })}
              </p>
              {asked.length === 0 ? null : (
                <section aria-labelledby="import-days">
                  <h3 id="import-days">{t('impact.days')}</h3>
                  <p className="muted">{t('impact.daysIntro')}</p>
                  <PublicationDayFields asked={asked} values={values} onChange={setValues} />
                  {newDays(asked, values).length === 0 ? null : (
                    <button type="button" className="button" onClick={() => look({})}>
                      {t('impact.recount')}
                    </button>
                  )}
                </section>
              )}
              <ImportPreview imported={found.imported} />
              <div className="services-tools">
                <button
                  type="button"
                  className="button button-primary"
                  disabled={run.isPending}
                  onClick={() => {
                    const next = sending({ dryRun: false })
                    if (next !== null) run.mutate(next)
                  }}
                >
                  {t('impact.confirm')}
                </button>
              </div>
            </>
          )}
          {run.error === null ? null : <ProblemNotice error={run.error} />}
        </section>
      )}
    </>
  )
}

/** A text of an act from a file: looked at first, then imported, its articles to review. */
export function ImportPage() {
  const { t } = useTranslation()
  const { role } = useSession()
  usePageTitle(t('impact.importTitle'))
  if (role !== 'editor' && role !== 'admin') return <NotFoundPage />
  return (
    <div className="page page-services">
      <Link to="/acts" className="back-button">
        <Icon name="back" /> {t('act.title')}
      </Link>
      <h1>{t('impact.importTitle')}</h1>
      <ActImporter />
    </div>
  )
}
