import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { uiLang } from '../i18n/i18n.ts'
import { PersonContacts } from '../services/person-contacts.tsx'
import { mayWatch } from '../services/service-roles.ts'
import { ServicesNav } from '../services/services-nav.tsx'
import { useSession } from '../shell/use-session.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ContactsForm } from './contacts-form.tsx'
import { agencyPeopleQuery, directoryQuery, type Agency } from './queries.ts'

const REST_MS = 250

const HREF: Record<Agency['contacts'][number]['kind'], (value: string) => string> = {
  phone: (value) => `tel:${value.replaceAll(/[^\d+]/gu, '')}`,
  email: (value) => `mailto:${value}`,
  web: (value) => (/^https?:\/\//u.test(value) ? value : `https://${value}`),
}

/** Who answers for the body's services; asked for when somebody opens it: names and telephones leave an event. */
function AgencyPeople({ agencyId }: { agencyId: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const people = useQuery({ ...agencyPeopleQuery(agencyId), enabled: isOpen })
  return (
    <details className="count-details" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('gate.people')}</summary>
      {people.error === null ? null : <ProblemNotice error={people.error} onRetry={() => void people.refetch()} />}
      {people.data?.items.length === 0 ? <p className="muted">{t('gate.noPeople')}</p> : null}
      <ul className="plain-list people">
        {people.data?.items.map(({ person, service }) => (
          <li key={person.id}>
            <span>
              {person.name}, {person.post}
            </span>
            <PersonContacts person={person} />
            <span className="sub-line">
              <Link to={`/services/${encodeURIComponent(service.id)}`}>
                {service.registryNumber} {service.name}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function AgencyCard({ agency }: { agency: Agency }) {
  const { t } = useTranslation()
  const { role, agencyId } = useSession()
  const lang = uiLang()
  const [isEditing, setIsEditing] = useState(false)
  const open = useRef<HTMLButtonElement>(null)
  const isBack = useRef(false)
  // Who has closed the form goes on where it was opened.
  useEffect(() => {
    if (isEditing || !isBack.current) return
    isBack.current = false
    open.current?.focus()
  }, [isEditing])
  // Subjects are kept in the languages that people ask in: an English page shows the Russian ones, and says so to screen readers.
  // What the entry rests on is kept in Russian alone.
  const said = lang === 'kk' ? 'kk' : 'ru'
  const subjects = agency.subjects[said]
  return (
    <li className="card" data-testid="agency">
      <h2>{agency.name[lang]}</h2>
      <p className="muted">{t(`gate.kind_${agency.kind}`)}</p>
      <dl className="facts">
        {subjects.length === 0 ? null : (
          <>
            <dt>{t('gate.subjects')}</dt>
            <dd lang={said}>{subjects.join('; ')}</dd>
          </>
        )}
        {agency.contacts.length === 0 ? (
          <>
            <dt>{t('gate.contacts')}</dt>
            <dd className="muted">{t('gate.noContacts')}</dd>
          </>
        ) : (
          <>
            <dt>{t('gate.contacts')}</dt>
            <dd>
              <span className="person-contacts">
                {agency.contacts.map(({ kind, value }) => (
                  <a key={kind + value} href={HREF[kind](value)} rel="noreferrer noopener">
                    {value}
                  </a>
                ))}
              </span>
            </dd>
          </>
        )}
      </dl>
      <p className="sub-line">
        {t('gate.source')} <span lang="ru">{agency.source}</span>
      </p>
      {role !== 'admin' ? null : isEditing ? (
        <ContactsForm
          agency={agency}
          onDone={() => {
            isBack.current = true
            setIsEditing(false)
          }}
        />
      ) : (
        <button type="button" ref={open} className="button button-small" onClick={() => setIsEditing(true)}>
          {t('gate.contactsEdit')}
        </button>
      )}
      {mayWatch(role) && (role !== 'agency' || agencyId === agency.id) ? <AgencyPeople agencyId={agency.id} /> : null}
    </li>
  )
}

/** The directory of bodies: whose question it is, and how to reach them (п. 10). */
export function AgencyListPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const [text, setText] = useState(params.get('q') ?? '')
  const wanted = useDebounced(text.trim(), REST_MS)
  useEffect(() => {
    setParams(wanted === '' ? {} : { q: wanted }, { replace: true })
  }, [wanted, setParams])
  const list = useInfiniteQuery(directoryQuery(wanted === '' ? null : wanted))
  usePageTitle(t('gate.directoryTitle'))
  return (
    <div className="page page-services">
      <ServicesNav />
      <h1>{t('gate.directoryTitle')}</h1>
      <div className="services-tools">
        <input
          type="search"
          className="services-search"
          value={text}
          maxLength={200}
          aria-label={t('gate.directoryFind')}
          placeholder={t('gate.directoryFind')}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <PagedList list={list} rows={5} empty={t('gate.directoryNone')}>
        {(items) => (
          <ul className="plain-list">
            {items.map((agency) => (
              <AgencyCard key={agency.id} agency={agency} />
            ))}
          </ul>
        )}
      </PagedList>
    </div>
  )
}
