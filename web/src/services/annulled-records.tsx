import { useTranslation } from 'react-i18next'
import { formatDay, formatMoment } from '../text/days.ts'
import type { Service } from './types.ts'

type Annulled = NonNullable<Service['preparation']>['annulled']

/** Trainings and protocols that were a mistake: who annulled each, when and why. */
export function AnnulledRecords({ serviceId, records }: { serviceId: string; records: Annulled }) {
  const { t } = useTranslation()
  if (records.length === 0) return null
  return (
    <details className="count-details" data-testid="annulled">
      <summary>{t('gate.history', { count: records.length })}</summary>
      <ul className="plain-list">
        {records.map(({ kind, training, protocol, at, by, reason }) => (
          <li key={training?.id ?? protocol?.id ?? at}>
            {training === null
              ? t('gate.historyProtocol', { date: formatDay(protocol?.signedOn ?? '') })
              : t('gate.historyTraining', { date: formatDay(training.heldOn), trainer: training.trainer })}
            {kind === 'training' || protocol === null ? null : (
              <>
                {' '}
                <a
                  href={`/api/v1/services/${encodeURIComponent(serviceId)}/protocol/file?protocolId=${encodeURIComponent(protocol.id)}`}
                  download
                >
                  {protocol.file.name}
                </a>
              </>
            )}
            <span className="sub-line">{t('gate.annulledBy', { at: formatMoment(at), by, reason })}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
