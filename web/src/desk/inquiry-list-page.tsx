import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatDay } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { PagedList } from '../ui/paged-list.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { DeskNav } from './desk-nav.tsx'
import { seesDesk, worksAtDesk } from './desk-roles.ts'
import { MailState } from './mail-state.tsx'
import { DueLine } from './due-line.tsx'
import { inquiryListQuery, type InquiryState } from './queries.ts'
import type { ListedInquiry } from './types.ts'

const STATES = ['open', 'mine', 'overdue'] as const
const REST_MS = 250

function Rows({ inquiries, label }: { inquiries: readonly ListedInquiry[]; label: string }) {
  const { t } = useTranslation()
  return (
    <TableFrame label={label}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('desk.number')}</th>
            <th scope="col">{t('desk.subject')}</th>
            <th scope="col">{t('desk.state')}</th>
            <th scope="col">{t('desk.due')}</th>
            <th scope="col">{t('desk.operator')}</th>
          </tr>
        </thead>
        <tbody>
          {inquiries.map((one) => (
            <tr key={one.id} data-testid="inquiry">
              <td className="desk-number">
                {one.number}
                <span className="sub-line">{t(`desk.channel_${one.channel}`)}</span>
              </td>
              <td>
                <Link to={`/inquiries/${encodeURIComponent(one.id)}`} className="desk-subject" lang={one.lang}>
                  {one.subject}
                </Link>{' '}
                <LangBadge lang={one.lang} />
                <span className="sub-line">
                  {[one.contact.name, one.contact.email ?? one.contact.phone]
                    .filter((part) => part !== null)
                    .join(', ')}
                </span>
              </td>
              <td>
                <span className="state">{t(`desk.status_${one.status}`)}</span>
                <span className="sub-line">{formatDay(one.registeredOn)}</span>
              </td>
              <td>
                <DueLine inquiry={one} />
              </td>
              <td>{one.operator?.name ?? <span className="muted">{t('desk.nobody')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function Inquiries() {
  const { role } = useSession()
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const given = params.get('state')
  const state: InquiryState | 'all' = given === 'all' ? 'all' : (STATES.find((one) => one === given) ?? 'open')
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed.trim(), REST_MS)
  const list = useInfiniteQuery(inquiryListQuery({ state: state === 'all' ? null : state, q: q === '' ? null : q }))
  usePageTitle(t('desk.nav'))
  return (
    <div className="page page-services page-desk">
      <DeskNav />
      <h1>{t('desk.nav')}</h1>
      {worksAtDesk(role) ? <MailState isBrief /> : null}
      <div className="services-tools">
        <input
          type="search"
          className="services-search"
          aria-label={t('desk.find')}
          placeholder={t('desk.find')}
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Segmented<InquiryState | 'all'>
          label={t('desk.filter')}
          value={state}
          onChange={(next) => setParams(next === 'open' ? {} : { state: next }, { replace: true })}
          options={[...STATES, 'all' as const].map((value) => ({ value, label: t(`desk.${value}`) }))}
        />
      </div>
      <PagedList
        list={list}
        rows={5}
        empty={
          <div className="notice">
            <p className="notice-title">{t('desk.none')}</p>
            <p>{t('desk.noneHint')}</p>
          </div>
        }
      >
        {(items) => <Rows inquiries={items} label={t('desk.nav')} />}
      </PagedList>
    </div>
  )
}

/** Inquiries with what is due and who answers for them. */
export function InquiryListPage() {
  const { role } = useSession()
  return seesDesk(role) ? <Inquiries /> : <NotFoundPage />
}
