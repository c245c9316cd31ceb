import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { eventListQuery, keyListQuery, userListQuery } from '../api/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { formatMoment } from '../text/days.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ResetPasswordDialog } from './reset-password-dialog.tsx'

interface ListProps<T> {
  label: string
  list: UseQueryResult<{ items: T[] }>
  heads: readonly string[]
  row: (item: T) => readonly ReactNode[]
}

function List<T extends { id: string }>({ label, list, heads, row }: ListProps<T>) {
  const { t } = useTranslation()
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) return <Skeleton rows={5} kind="line" />
  if (list.data.items.length === 0) return <p className="muted">{t('admin.none')}</p>
  return (
    <TableFrame label={label}>
      <table className="data-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((item) => (
            <tr key={item.id}>
              {row(item).map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

function Users() {
  const { t } = useTranslation()
  const [resetting, setResetting] = useState<{ id: string; name: string } | null>(null)
  return (
    <>
      {resetting === null ? null : <ResetPasswordDialog user={resetting} onClose={() => setResetting(null)} />}
      <List
        label={t('admin.users')}
        list={useQuery(userListQuery)}
        heads={[t('admin.name'), t('admin.email'), t('admin.role'), t('admin.state'), t('signIn.password')]}
        row={(user) => [
          user.name,
          user.email,
          t(`role.${user.role}`),
          user.disabledAt === null ? t('admin.active') : t('admin.disabled'),
          <button
            key="reset"
            type="button"
            className="link-button"
            aria-label={t('password.resetTitle', { name: user.name })}
            onClick={() => setResetting(user)}
          >
            {t('password.reset')}
          </button>,
        ]}
      />
    </>
  )
}

function Keys() {
  const { t } = useTranslation()
  return (
    <List
      label={t('admin.keys')}
      list={useQuery(keyListQuery)}
      heads={[t('admin.name'), t('admin.role'), t('admin.created'), t('admin.lastUsed'), t('admin.state')]}
      row={(key) => [
        `${key.name} (${key.hint}…)`,
        t(`role.${key.role}`),
        formatMoment(key.createdAt),
        key.lastUsedAt === null ? t('admin.never') : formatMoment(key.lastUsedAt),
        key.revokedAt === null ? t('admin.active') : t('admin.revoked'),
      ]}
    />
  )
}

function Events() {
  const { t } = useTranslation()
  return (
    <List
      label={t('admin.events')}
      list={useQuery(eventListQuery)}
      heads={[t('admin.when'), t('admin.what'), t('admin.subject'), t('admin.who')]}
      row={(event) => [formatMoment(event.at), event.type, event.subjectId, event.actor.id]}
    />
  )
}

const TABS = ['users', 'keys', 'events'] as const
type Tab = (typeof TABS)[number]

/** Who has access and what happened. Users and keys are made on the command line or through the API. */
export function AdminPage() {
  const { t } = useTranslation()
  const session = useSession()
  const [tab, setTab] = useState<Tab>('users')
  usePageTitle(t('admin.title'))
  if (session.role !== 'admin') return <NotFoundPage />
  return (
    <div className="page page-list">
      <h1>{t('admin.title')}</h1>
      <Segmented<Tab>
        label={t('admin.title')}
        value={tab}
        onChange={setTab}
        options={TABS.map((value) => ({ value, label: t(`admin.${value}`) }))}
      />
      {tab === 'users' ? <Users /> : null}
      {tab === 'keys' ? <Keys /> : null}
      {tab === 'events' ? <Events /> : null}
    </div>
  )
}
