import { useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '../api/api-error.ts'
import { api, read } from '../api/client.ts'
import { FileDrop } from '../services/file-drop.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { ImportedFile } from './types.ts'
import '../services/services.css'

/** Most files that are taken at once: each is a request of its own, and a person may send 240 in a minute. */
const MOST_FILES = 100
/** Most characters of a file, as the server has it; no character takes more than four bytes. */
const MOST_CHARACTERS = 250_000

type Outcome = { taken: ImportedFile } | { refused: Error } | { unread: 'text' | 'size' }

interface Row {
  key: string
  name: string
  /** Null while the file waits for its turn. */
  outcome: Outcome | null
}

async function textOf(file: File): Promise<{ text: string } | { unread: 'text' | 'size' }> {
  if (file.size > MOST_CHARACTERS * 4) return { unread: 'size' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return text.length > MOST_CHARACTERS ? { unread: 'size' } : { text }
  } catch {
    return { unread: 'text' }
  }
}

async function take(file: File): Promise<Outcome> {
  const got = await textOf(file)
  if ('unread' in got) return got
  try {
    return { taken: await read(api.editorial.import.$post({ json: { text: got.text } })) }
  } catch (error) {
    return { refused: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** A place of the file as the server gives it, «3:1», in words; faults of the request itself have none. */
const PLACE = /^(?<line>\d+):(?<column>\d+)$/u

/** Every fault with its line: the editor mends the file where it was written. */
function Faults({ faults }: { faults: readonly { place: string; message: string; severity: 'error' | 'warning' }[] }) {
  const { t } = useTranslation()
  if (faults.length === 0) return null
  return (
    <ul className="import-faults">
      {faults.map(({ place, message, severity }, index) => {
        const at = PLACE.exec(place)?.groups
        return (
          <li key={index} data-severity={severity}>
            <span className={severity === 'error' ? 'state state-withdrawn' : 'state state-draft'}>
              {t(`editorial.${severity}`)}
            </span>{' '}
            {at === undefined ? null : (
              <span className="muted">
                {t('editorial.atLine', { line: at['line'] ?? '', column: at['column'] ?? '' })}{' '}
              </span>
            )}
            {message}
          </li>
        )
      })}
    </ul>
  )
}

function OutcomeOf({ name, outcome }: { name: string; outcome: Outcome }) {
  const { t } = useTranslation()
  if ('unread' in outcome)
    return <p>{outcome.unread === 'text' ? t('editorial.fileNoText') : t('editorial.fileLarge')}</p>
  if ('refused' in outcome) {
    const { refused } = outcome
    // A conflict, a lost connection and the like are told as everywhere.
    if (!(refused instanceof ApiError) || refused.faults.length === 0) return <ProblemNotice error={refused} />
    return (
      <Faults
        faults={refused.faults.map(({ path, message }) => ({ place: path, message, severity: 'error' as const }))}
      />
    )
  }
  const { draftId, articleId, faults } = outcome.taken
  return (
    <>
      {draftId !== null ? (
        <p>
          <Link
            to={`/editorial/drafts/${encodeURIComponent(draftId)}`}
            aria-label={`${t('editorial.fileDraft')}: ${name}`}
          >
            {t('editorial.fileDraft')}
          </Link>
        </p>
      ) : articleId === null ? null : (
        <p>
          <Link
            to={`/articles/${encodeURIComponent(articleId)}`}
            aria-label={`${t('editorial.openPublished')}: ${name}`}
          >
            {t('editorial.openPublished')}
          </Link>
        </p>
      )}
      <Faults
        faults={faults.map(({ line, column, message, severity }) => ({
          place: `${line}:${column}`,
          message,
          severity,
        }))}
      />
    </>
  )
}

const statusOf = (outcome: Outcome | null) =>
  outcome === null ? 'waiting' : 'taken' in outcome ? outcome.taken.status : 'refused'

/**
 * Takes edited files of articles back as drafts, as `npm run import` does, for an editor without a shell. Files are sent one
 * after another, and one that is refused keeps no other from being taken.
 */
export function ImportFiles() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const id = useId()
  const [rows, setRows] = useState<readonly Row[]>([])
  const [tooMany, setTooMany] = useState(false)
  const isRunning = useRef(false)
  const waiting = useRef<{ key: string; file: File }[]>([])
  const batches = useRef(0)
  const run = async (files: readonly File[]) => {
    batches.current += 1
    const batch = batches.current
    const chosen = files.slice(0, MOST_FILES).map((file, index) => ({ key: `${batch} ${index}`, file }))
    const added = chosen.map(({ key, file }) => ({ key, name: file.name, outcome: null }))
    setTooMany(files.length > MOST_FILES)
    waiting.current.push(...chosen)
    // Files chosen while others are being sent wait behind them.
    if (isRunning.current) {
      setRows((now) => [...now, ...added])
      return
    }
    isRunning.current = true
    setRows(added)
    for (let next = waiting.current.shift(); next !== undefined; next = waiting.current.shift()) {
      const { key, file } = next
      const outcome = await take(file)
      setRows((now) => now.map((row) => (row.key === key ? { ...row, outcome } : row)))
    }
    isRunning.current = false
    await queries.invalidateQueries({ queryKey: ['editorial'] })
  }
  const done = rows.filter(({ outcome }) => outcome !== null).length
  return (
    <section className="import-articles" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('editorial.takeFiles')}</h2>
      <p className="muted">{t('editorial.takeFilesText')}</p>
      <FileDrop
        label={t('editorial.files')}
        hint={t('editorial.filesHint', { most: String(MOST_FILES) })}
        accept=".md,text/markdown"
        chosen={null}
        error={tooMany ? t('editorial.filesMany', { most: String(MOST_FILES) }) : null}
        onFiles={(files) => void run(files)}
      />
      {rows.length === 0 ? null : (
        <>
          <p role="status">{t('editorial.filesDone', { done: String(done), all: String(rows.length) })}</p>
          <ul className="tasks" aria-busy={done < rows.length}>
            {rows.map(({ key, name, outcome }) => {
              const status = statusOf(outcome)
              return (
                <li key={key} className="task" data-testid="imported-file" data-status={status}>
                  <div className="task-head">
                    <span className={status === 'refused' ? 'state state-withdrawn' : 'state'}>
                      {t(`editorial.imported.${status}`)}
                    </span>
                    <span>{name}</span>
                  </div>
                  {outcome === null ? null : <OutcomeOf name={name} outcome={outcome} />}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}
