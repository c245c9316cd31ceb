import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { uiLang } from '../i18n/i18n.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { FileSubmission } from './file-submission.tsx'
import { FormSubmission } from './form-submission.tsx'
import { formValuesOf } from './form-values-of.ts'
import { agencyListQuery, serviceQuery } from './queries.ts'
import { mayWrite } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import type { ServiceKind } from './types.ts'

interface AgencyFieldProps {
  value: string
  onChange: (id: string) => void
}

/** The body for which the centre's people send; its own staff are not asked. */
function AgencyField({ value, onChange }: AgencyFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const agencies = useQuery(agencyListQuery)
  return (
    <div className="form-field agency-field">
      <label htmlFor={id}>{t('services.agency')}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('services.chooseAgency')}</option>
        {agencies.data?.items.map((agency) => (
          <option key={agency.id} value={agency.id}>
            {agency.name[uiLang()]}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The form, with a service as it is held when one is to be changed. */
function StartedForm({ serviceId, agencyId }: { serviceId: string; agencyId: string | null }) {
  const held = useQuery(serviceQuery(serviceId))
  if (held.error !== null) return <ProblemNotice error={held.error} onRetry={() => void held.refetch()} />
  if (held.data === undefined) return <Skeleton rows={5} kind="line" />
  return (
    <FormSubmission
      kind={held.data.kind}
      agencyId={agencyId === null ? null : held.data.agencyId}
      start={formValuesOf(held.data)}
      key={serviceId}
    />
  )
}

function Submit({ own }: { own: boolean }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const mode = params.get('mode') === 'form' ? 'form' : 'file'
  const serviceId = mode === 'form' ? params.get('service') : null
  const [chosen, setChosen] = useState<ServiceKind | 'held'>('held')
  const [agency, setAgency] = useState('')
  usePageTitle(t('services.submit'))
  const kind = chosen === 'held' ? null : chosen
  const agencyId = own ? null : agency
  const isReady = own || agency !== '' || serviceId !== null
  return (
    <div className="page page-services page-submit">
      <ServicesNav />
      <h1>{t('services.submit')}</h1>
      <p className="lead">{t('services.submitLead')}</p>
      <div className="services-tools">
        <Segmented<'file' | 'form'>
          label={t('services.mode')}
          value={mode}
          onChange={(next) => setParams(next === 'form' ? { mode: 'form' } : {}, { replace: true })}
          options={[
            { value: 'file', label: t('services.byFile') },
            { value: 'form', label: t('services.byForm') },
          ]}
        />
        {serviceId === null ? (
          <Segmented<ServiceKind | 'held'>
            label={t('services.kind')}
            value={chosen}
            onChange={setChosen}
            options={[
              { value: 'held', label: t('services.kind_held'), title: t('services.kindHeldHint') },
              { value: 'state', label: t('services.kind_state') },
              { value: 'electronic', label: t('services.kind_electronic'), title: t('services.kindHint') },
            ]}
          />
        ) : null}
      </div>
      {own || serviceId !== null ? null : <AgencyField value={agency} onChange={setAgency} />}
      {!isReady ? <p className="muted">{t('services.agencyFirst')}</p> : null}
      {isReady && mode === 'file' ? (
        <FileSubmission key={`${chosen}${agency}`} kind={kind} agencyId={agencyId} />
      ) : null}
      {isReady && mode === 'form' ? (
        serviceId === null ? (
          <FormSubmission key={`${chosen}${agency}`} kind={kind} agencyId={agencyId} start={null} />
        ) : (
          <StartedForm serviceId={serviceId} agencyId={agencyId} />
        )
      ) : null}
    </div>
  )
}

/** Where agencies send Appendix 1, as a file or as a form. */
export function SubmitPage() {
  const { role } = useSession()
  return mayWrite(role) ? <Submit own={role === 'agency'} /> : <NotFoundPage />
}
