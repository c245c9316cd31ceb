import { useTranslation } from 'react-i18next'
import type { DraftFault } from './types.ts'

interface FaultListProps {
  id: string
  faults: readonly DraftFault[]
  onShow: (line: number, column: number) => void
}

/** What keeps the draft from review, and what is worth a look; a place in the text is a click away. */
export function FaultList({ id, faults, onShow }: FaultListProps) {
  const { t } = useTranslation()
  if (faults.length === 0) return <p className="fault-none">{t('editorial.faultsNone')}</p>
  return (
    <section
      id={id}
      className="faults"
      aria-label={t('editorial.faults', { count: faults.length })}
      data-testid="faults"
    >
      <p className="fault-count">{t('editorial.faults', { count: faults.length })}</p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path}${fault.message}`} data-severity={fault.severity}>
            <span className={fault.severity === 'error' ? 'state state-withdrawn' : 'state state-draft'}>
              {t(`editorial.${fault.severity}`)}
            </span>{' '}
            {fault.line === null || fault.column === null ? null : (
              <button type="button" className="link-button" onClick={() => onShow(fault.line ?? 1, fault.column ?? 1)}>
                {t('editorial.atLine', { line: String(fault.line), column: String(fault.column) })}
              </button>
            )}{' '}
            {fault.message}
          </li>
        ))}
      </ul>
    </section>
  )
}
