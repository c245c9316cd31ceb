import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { useToast } from '../ui/toast.tsx'
import type { SubmissionFault } from './types.ts'

const SHOWN = 100

/** A cell as spreadsheets address it: «Лист1!F3»; empty for the file as a whole. */
export const cellOf = ({ place }: SubmissionFault): string => {
  const cell = `${place.column?.letter ?? ''}${place.row ?? ''}`
  return place.sheet === null || cell === '' ? cell : `${place.sheet}!${cell}`
}

/** Faults of a file cell by cell: row, column, what is wrong, how to mend it. Pressing one copies it. */
export function FaultTable({ faults, unlisted }: { faults: readonly SubmissionFault[]; unlisted: number }) {
  const { t } = useTranslation()
  const say = useToast()
  const [shown, setShown] = useState(SHOWN)
  const copy = async (fault: SubmissionFault) => {
    const text = [cellOf(fault), fault.place.column?.title ?? '', `${fault.reason} ${fault.mend}`]
      .filter((part) => part !== '')
      .join(' — ')
    try {
      await navigator.clipboard.writeText(text)
      say(t('common.copied'))
    } catch {
      say(t('answer.copyFailed'))
    }
  }
  return (
    <>
      <TableFrame label={t('services.faults')}>
        <table className="data-table fault-table">
          <thead>
            <tr>
              <th scope="col">{t('services.row')}</th>
              <th scope="col">{t('services.column')}</th>
              <th scope="col">{t('services.wrong')}</th>
              <th scope="col">{t('services.mend')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('services.copyFault')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {faults.slice(0, shown).map((fault, index) => {
              const { row, column } = fault.place
              return (
                <tr
                  key={index}
                  data-testid="fault"
                  data-severity={fault.severity}
                  data-code={fault.code}
                  onClick={() => void copy(fault)}
                >
                  <td>{row ?? t('services.wholeFile')}</td>
                  <td>
                    {column === null ? (
                      '—'
                    ) : (
                      <span title={column.title}>
                        {column.letter === null ? null : <b>{column.letter} </b>}
                        {column.key === null ? column.title : t(`services.column_${column.key}`)}
                      </span>
                    )}
                  </td>
                  <td>
                    <span className={`state ${fault.severity === 'error' ? 'state-removed' : 'state-changed'}`}>
                      {t(`services.severity_${fault.severity}`)}
                    </span>{' '}
                    {fault.reason}
                  </td>
                  <td>{fault.mend}</td>
                  <td>
                    <button
                      type="button"
                      className="icon-button"
                      aria-label={`${t('services.copyFault')}: ${cellOf(fault)}`}
                      title={t('services.copyFault')}
                      onClick={(event) => {
                        event.stopPropagation()
                        void copy(fault)
                      }}
                    >
                      <Icon name="copy" size={15} />
                    </button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableFrame>
      {faults.length > shown ? (
        <button type="button" className="button" onClick={() => setShown((now) => now + SHOWN)}>
          {t('common.more')}
        </button>
      ) : null}
      {unlisted > 0 ? <p className="muted">{t('services.unlisted', { count: unlisted })}</p> : null}
    </>
  )
}
