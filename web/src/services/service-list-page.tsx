import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { uiLang } from '../i18n/i18n.ts'
import { useSession } from '../shell/use-session.ts'
import { formatDay } from '../text/days.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { serviceListQuery } from './queries.ts'
import { mayWatch, mayWrite } from './service-roles.ts'
import { ServicesNav } from './services-nav.tsx'
import type { ListedService, VisibilityReason } from './types.ts'
import { useAgencyName } from './use-agency-name.ts'

const STATES = ['training-awaited', 'training-overdue', 'protocol-awaited', 'term-running', 'visible'] as const
const TONES: Record<VisibilityReason, string> = {
  'training-awaited': '',
  'training-overdue': 'state-removed',
  'protocol-awaited': '',
  'term-running': 'state-changed',
  visible: 'state-added',
}
const REST_MS = 250

interface ServiceRowsProps {
  services: readonly ListedService[]
  label: string
  agencyName: ((id: string) => string) | null
  withDeadline: boolean
}

function ServiceRows({ services, label, agencyName, withDeadline }: ServiceRowsProps) {
  const { t } = useTranslation()
  return (
    <TableFrame label={label}>
      <table className="data-table service-table">
        <thead>
          <tr>
            <th scope="col">{t('services.number')}</th>
            <th scope="col">{t('services.name')}</th>
            <th scope="col">{t('services.state')}</th>
            {withDeadline ? <th scope="col">{t('services.nextDeadline')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={service.id} data-testid="service">
              <td className="service-number">{service.registryNumber}</td>
              <td>
                <Link to={`/services/${encodeURIComponent(service.id)}`} className="service-name">
                  {service.name}
                </Link>
                {agencyName === null ? null : <span className="sub-line">{agencyName(service.agencyId)}</span>}
              </td>
              <td>
                <span className={`state ${TONES[service.visibility.reason]}`}>
                  {t(`services.reason_${service.visibility.reason}`)}
                </span>
                <span className="sub-line">{service.visibility.explanation[uiLang()]}</span>
              </td>
              {withDeadline ? (
                <td className="next-deadline">
                  {service.nextDeadline === null ? (
                    <span className="muted">—</span>
                  ) : (
                    <>
                      <span data-overdue={service.nextDeadline.state === 'overdue'}>
                        {formatDay(service.nextDeadline.dueOn)}
                        {service.nextDeadline.state === 'overdue' ? `, ${t('services.deadline_overdue')}` : null}
                      </span>
                      <span className="sub-line">
                        {service.nextDeadline.point}: {service.nextDeadline.duty}
                      </span>
                    </>
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

/** Services with why each is or is not visible yet, and what is due next. */
export function ServiceListPage() {
  const { t } = useTranslation()
  const { role } = useSession()
  const [params, setParams] = useSearchParams()
  const state = STATES.find((one) => one === params.get('state')) ?? null
  const [typed, setTyped] = useState(params.get('q') ?? '')
  const q = useDebounced(typed.trim(), REST_MS)
  const list = useInfiniteQuery(serviceListQuery({ state, q: q === '' ? null : q }))
  const agencyName = useAgencyName()
  const title = t(role === 'agency' ? 'services.mine' : 'services.title')
  usePageTitle(title)
  const show = (next: VisibilityReason | null) =>
    setParams({ ...(next === null ? {} : { state: next }), ...(q === '' ? {} : { q }) }, { replace: true })
  useEffect(() => {
    setParams(
      (now) => {
        if (q === '') now.delete('q')
        else now.set('q', q)
        return now
      },
      { replace: true },
    )
  }, [q, setParams])

  const isFiltered = state !== null || q !== ''
  return (
    <div className="page page-services">
      <ServicesNav />
      <h1>{title}</h1>
      <div className="services-tools">
        <input
          type="search"
          className="services-search"
          aria-label={t('services.find')}
          placeholder={t('services.find')}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Segmented<VisibilityReason | 'all'>
          label={t('services.stateFilter')}
          value={state ?? 'all'}
          onChange={(next) => show(next === 'all' ? null : next)}
          options={[
            { value: 'all', label: t('services.reason_all') },
            ...STATES.map((value) => ({ value, label: t(`services.reason_${value}`) })),
          ]}
        />
      </div>
      <PagedList
        list={list}
        rows={6}
        empty={
          <div className="notice">
            {isFiltered ? (
              <>
                <p className="notice-title">{t('services.noneSuch')}</p>
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    setTyped('')
                    setParams({}, { replace: true })
                  }}
                >
                  {t('services.showAll')}
                </button>
              </>
            ) : (
              <>
                <p className="notice-title">{t('services.none')}</p>
                <p>{t(mayWrite(role) ? 'services.noneSubmit' : 'services.noneWait')}</p>
                {mayWrite(role) ? (
                  <Link to="/services/submit" className="button button-primary">
                    {t('services.submit')}
                  </Link>
                ) : null}
              </>
            )}
          </div>
        }
      >
        {(items) => (
          <ServiceRows
            services={items}
            label={title}
            agencyName={role === 'agency' ? null : agencyName}
            withDeadline={mayWatch(role)}
          />
        )}
      </PagedList>
    </div>
  )
}
