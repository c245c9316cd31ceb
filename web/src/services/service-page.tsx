import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ApiError } from '../api/api-error.ts'
import { uiLang } from '../i18n/i18n.ts'
import { PassportList } from '../passports/passport-list.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { Icon } from '../ui/icon.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AnnulDialog, type AnnulledRecord } from './annul-dialog.tsx'
import { AppendixSection } from './appendix-section.tsx'
import { DeadlineTable } from './deadline-table.tsx'
import { PreparationSection } from './preparation-section.tsx'
import { ProtocolDialog } from './protocol-dialog.tsx'
import { serviceQuery } from './queries.ts'
import { ReplacePersonDialog } from './replace-person-dialog.tsx'
import { maySign, mayWatch, mayWrite } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import { TrainingDialog } from './training-dialog.tsx'
import type { Service } from './types.ts'
import { UpdateRequests } from './update-requests.tsx'
import { useAgencyName } from './use-agency-name.ts'

function ServiceView({ service }: { service: Service }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const agencyName = useAgencyName()
  const [dialog, setDialog] = useState<'training' | 'protocol' | 'person' | AnnulledRecord | null>(null)
  usePageTitle(service.name)
  const { details, preparation, visibility } = service
  const close = () => setDialog(null)
  const trainedOn = preparation?.trainings[0]?.heldOn ?? null
  return (
    <>
      <header className="service-head">
        <h1 className="long-title">{service.name}</h1>
        <p className="service-line">
          <span>№ {service.registryNumber}</span>
          <span>{agencyName(service.agencyId)}</span>
          {service.agencyAssumed ? <span>{t('services.agencyAssumed')}</span> : null}
          <span>{t(`services.kind_${service.kind}`)}</span>
        </p>
        <p className="visibility-line" data-testid="visibility" data-visible={visibility.visible}>
          {visibility.explanation[uiLang()]}
        </p>
        {mayWrite(role) && details !== null ? (
          <Link
            to={`/services/submit?mode=form&service=${encodeURIComponent(service.id)}`}
            className="button button-small"
          >
            {t('services.edit')}
          </Link>
        ) : null}
      </header>
      {details === null ? <p className="muted">{t('services.hidden')}</p> : null}
      {mayWatch(role) ? <UpdateRequests serviceId={service.id} state="all" /> : null}
      {details === null || details.passports.length === 0 ? null : (
        <section className="card" aria-labelledby="passport-title">
          <h2 id="passport-title">{t('passport.title')}</h2>
          {details.passports.map(({ actId, eid }) => (
            <PassportList
              key={actId + eid}
              actId={actId}
              eid={eid}
              lang={uiLang() === 'kk' ? 'kk' : 'ru'}
              asOf={null}
            />
          ))}
        </section>
      )}
      <div className="service-columns">
        {details === null ? null : (
          <AppendixSection
            service={service}
            details={details}
            mayWatch={mayWatch(role)}
            onReplace={mayWrite(role) ? () => setDialog('person') : null}
          />
        )}
        {preparation === null ? null : (
          <PreparationSection
            service={service}
            preparation={preparation}
            mayAnnul={{ training: mayWrite(role), protocol: maySign(role) }}
            onAnnul={setDialog}
            onTraining={mayWrite(role) ? () => setDialog('training') : null}
            onProtocol={
              maySign(role) && preparation.protocol === null && trainedOn !== null ? () => setDialog('protocol') : null
            }
          />
        )}
      </div>
      {preparation === null || preparation.deadlines.length === 0 ? null : (
        <section className="card" aria-labelledby="clocks-title">
          <h2 id="clocks-title">{t('services.clocks')}</h2>
          <DeadlineTable label={t('services.clocks')} deadlines={preparation.deadlines} />
        </section>
      )}
      {dialog === null || typeof dialog === 'string' ? null : (
        <AnnulDialog serviceId={service.id} record={dialog} onClose={close} />
      )}
      {dialog === 'training' ? <TrainingDialog serviceId={service.id} onClose={close} /> : null}
      {dialog === 'person' ? (
        <ReplacePersonDialog serviceId={service.id} people={details?.responsible ?? []} onClose={close} />
      ) : null}
      {dialog === 'protocol' && trainedOn !== null ? (
        <ProtocolDialog serviceId={service.id} trainedOn={trainedOn} onClose={close} />
      ) : null}
    </>
  )
}

/** A service: what it rests on, who answers for it, how far it is on its way to operators. */
export function ServicePage() {
  const { t } = useTranslation()
  const { serviceId = '' } = useParams()
  const service = useQuery(serviceQuery(serviceId))
  if (service.error instanceof ApiError && service.error.status === 404) return <NotFoundPage />
  return (
    <div className="page page-services page-service">
      <ServicesNav />
      <Link to="/services" className="back-button">
        <Icon name="back" /> {t('services.back')}
      </Link>
      {service.error === null ? null : <ProblemNotice error={service.error} onRetry={() => void service.refetch()} />}
      {service.isPending ? <Skeleton rows={5} kind="text" /> : null}
      {service.data === undefined ? null : <ServiceView service={service.data} />}
    </div>
  )
}
