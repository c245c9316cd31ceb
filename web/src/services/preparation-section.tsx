import { useTranslation } from 'react-i18next'
import { uiLang } from '../i18n/i18n.ts'
import { formatDay } from '../text/days.ts'
import type { AnnulledRecord } from './annul-dialog.tsx'
import { AnnulledRecords } from './annulled-records.tsx'
import { TermCount } from './term-count.tsx'
import type { Service } from './types.ts'

type Preparation = NonNullable<Service['preparation']>

interface PreparationSectionProps {
  service: Service
  preparation: Preparation
  onTraining: (() => void) | null
  onProtocol: (() => void) | null
  /** Which records the caller may annul. */
  mayAnnul: Readonly<Record<AnnulledRecord['kind'], boolean>>
  onAnnul: (record: AnnulledRecord) => void
}

/** The way from Appendix 1 to the operators, step by step: п. 21, 22, 23. */
export function PreparationSection({
  service,
  preparation,
  onTraining,
  onProtocol,
  mayAnnul,
  onAnnul,
}: PreparationSectionProps) {
  const { t } = useTranslation()
  const { trainings, protocol } = preparation
  const { visibility, visibilityCount } = service
  const annul = (record: AnnulledRecord) => (
    <button type="button" className="link-button" onClick={() => onAnnul(record)}>
      {t('gate.annul')}
    </button>
  )
  const step = (done: boolean) => (done ? 'done' : 'waits')
  return (
    <section className="card" aria-labelledby="preparation-title">
      <h2 id="preparation-title">{t('services.preparation')}</h2>
      <ol className="steps">
        <li data-step={step(trainings.length > 0)} data-testid="training">
          <h3>{t('services.training')}</h3>
          {trainings.length === 0 ? <p className="muted">{t('services.noTraining')}</p> : null}
          {trainings.map((training) => (
            <div key={training.id} className="step-fact">
              <p>
                {formatDay(training.heldOn)}: {training.trainer}
              </p>
              <p className="sub-line">{t('services.trained', { names: training.trainees.join('; ') })}</p>
              {training.note === null ? null : <p className="sub-line">{training.note}</p>}
              {mayAnnul.training ? annul({ kind: 'training', recordId: training.id }) : null}
            </div>
          ))}
          {onTraining === null ? null : (
            <button type="button" className="button button-small" onClick={onTraining}>
              {t('services.trainingAdd')}
            </button>
          )}
        </li>
        <li data-step={step(protocol !== null)} data-testid="protocol">
          <h3>{t('services.protocol')}</h3>
          {protocol === null ? (
            <p className="muted">{t(trainings.length === 0 ? 'services.protocolAfter' : 'services.noProtocol')}</p>
          ) : (
            <div className="step-fact">
              <p>
                {protocol.number === null ? null : `№ ${protocol.number}, `}
                {t('services.signedOnDay', { date: formatDay(protocol.signedOn) })}
              </p>
              <p className="sub-line">
                {t('services.centreSide')}: {protocol.centreSignatory.name}, {protocol.centreSignatory.post}
              </p>
              <p className="sub-line">
                {t('services.agencySide')}: {protocol.agencySignatory.name}, {protocol.agencySignatory.post}
              </p>
              <p>
                <a href={`/api/v1/services/${encodeURIComponent(service.id)}/protocol/file`} download>
                  {protocol.file.name}
                </a>{' '}
                <span className="muted">
                  {t('services.kilobytes', { size: String(Math.ceil(protocol.file.size / 1024)) })}
                </span>
              </p>
              {mayAnnul.protocol ? annul({ kind: 'protocol', recordId: protocol.id }) : null}
            </div>
          )}
          {onProtocol === null ? null : (
            <button type="button" className="button button-small" onClick={onProtocol}>
              {t('services.protocolAdd')}
            </button>
          )}
        </li>
        <li data-step={step(visibility.visible)} data-testid="gate">
          <h3>{t('services.gate')}</h3>
          <p>{visibility.explanation[uiLang()]}</p>
          {visibilityCount === null ? null : (
            <details className="count-details">
              <summary>{t('services.gateCount')}</summary>
              <TermCount term={visibilityCount} label={t('services.gateCount')} />
            </details>
          )}
        </li>
      </ol>
      <AnnulledRecords serviceId={service.id} records={preparation.annulled} />
    </section>
  )
}
