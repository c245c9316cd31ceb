import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Submission } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'

type Row = Submission['rows'][number]
const SHOWN = 50

function Fields({ row }: { row: Row }) {
  const { t } = useTranslation()
  const agencyName = useAgencyName()
  const shown = (field: Row['fields'][number]['field'], value: string) =>
    value === ''
      ? '—'
      : field === 'kind'
        ? t(value === 'electronic' ? 'services.kind_electronic' : 'services.kind_state')
        : field === 'agency'
          ? agencyName(value)
          : value
  return (
    <dl className="diff-fields">
      {row.fields.map(({ field, was, now }) => (
        <div key={field}>
          <dt>{t(`services.field_${field}`)}</dt>
          <dd>
            {was === null ? null : (
              <del>
                <span className="visually-hidden">{t('services.was')}: </span>
                {shown(field, was)}
              </del>
            )}
            <ins data-plain={was === null}>
              <span className="visually-hidden">{t('services.becomes')}: </span>
              {shown(field, now)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface GroupProps {
  kind: 'added' | 'changed' | 'unchanged'
  rows: readonly Row[]
}

function Group({ kind, rows }: GroupProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  if (rows.length === 0) return null
  return (
    <details className="diff-group" open={kind !== 'unchanged'} data-testid={`diff-${kind}`}>
      <summary>
        <span className={`state ${kind === 'unchanged' ? '' : `state-${kind}`}`}>{t(`services.change_${kind}`)}</span>{' '}
        {rows.length}
      </summary>
      <ul className="diff-rows">
        {rows.slice(0, shown).map((row) => (
          <li key={row.row}>
            <p className="diff-row-head">
              <span className="muted">{t('services.rowNumber', { row: String(row.row) })}</span>{' '}
              <b>{row.registryNumber}</b> {row.name}
            </p>
            {kind === 'unchanged' ? null : <Fields row={row} />}
          </li>
        ))}
      </ul>
      {rows.length > shown ? (
        <button type="button" className="button button-small" onClick={() => setShown((now) => now + SHOWN)}>
          {t('common.more')}
        </button>
      ) : null}
    </details>
  )
}

/** What a submission changes of what is held, row by row; what it does not mention stays. */
export function SubmissionDiff({ submission }: { submission: Submission }) {
  const { t } = useTranslation()
  const of = (change: Row['change']) => submission.rows.filter((row) => row.change === change)
  return (
    <div className="submission-diff" data-testid="submission-diff">
      <Group kind="added" rows={of('added')} />
      <Group kind="changed" rows={of('changed')} />
      <Group kind="unchanged" rows={of('unchanged')} />
      {submission.absent.length === 0 ? null : (
        <details className="diff-group" data-testid="diff-absent">
          <summary>
            <span className="state">{t('services.change_absent')}</span> {submission.absent.length}
          </summary>
          <p className="muted">{t('services.absentStay')}</p>
          <p>{submission.absent.join(', ')}</p>
        </details>
      )}
    </div>
  )
}
