import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import { InformationList } from './information-list.tsx'
import { PersonContacts } from './person-contacts.tsx'
import { PersonHistory } from './person-history.tsx'
import type { Service } from './types.ts'

type Details = NonNullable<Service['details']>

const actText = ({ kind, date, number }: Details['byLaw']): string =>
  `${kind === null ? '' : `${kind} `}от ${formatDay(date)} № ${number}`

interface AppendixSectionProps {
  service: Service
  details: Details
  mayWatch: boolean
  onReplace: (() => void) | null
}

/** What Appendix 1 says of the service, and who answers for it. */
export function AppendixSection({ service, details, mayWatch, onReplace }: AppendixSectionProps) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="appendix-title">
      <h2 id="appendix-title">{t('services.appendix')}</h2>
      <dl className="facts">
        <dt>{t('services.field_registryNumber')}</dt>
        <dd>{service.registryNumber}</dd>
        <dt>{t('services.field_name')}</dt>
        <dd>{service.name}</dd>
        <dt>{t('services.field_byLaw')}</dt>
        <dd>
          {details.byLaw.text === '' ? actText(details.byLaw) : details.byLaw.text}
          <span className="sub-line">{actText(details.byLaw)}</span>
        </dd>
        <dt>{t('services.field_changes')}</dt>
        <dd>
          {details.changes.length === 0 ? (
            <span className="muted">{t('services.noChanges')}</span>
          ) : (
            <ul className="plain-list">
              {details.changes.map((act) => (
                <li key={actText(act)}>{actText(act)}</li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{t('services.field_webResources')}</dt>
        <dd>
          <ul className="plain-list">
            {details.webResources.map((url) => (
              <li key={url}>
                <a href={url} rel="noreferrer noopener" target="_blank">
                  {url}
                </a>
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t('services.field_responsible')}</dt>
        <dd>
          <ul className="plain-list people">
            {details.responsible.map((person) => (
              <li key={person.id}>
                <span>
                  {person.name}, {person.post}
                </span>
                <PersonContacts person={person} />
                <span className="sub-line">{t('services.since', { from: formatDay(person.since) })}</span>
              </li>
            ))}
          </ul>
          {onReplace === null ? null : (
            <button type="button" className="button button-small" onClick={onReplace}>
              {t('services.replace')}
            </button>
          )}
          {mayWatch ? <PersonHistory serviceId={service.id} /> : null}
        </dd>
        {details.information.length === 0 && onReplace === null ? null : (
          <>
            <dt>{t('services.information')}</dt>
            <dd>
              <InformationList serviceId={service.id} information={details.information} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
