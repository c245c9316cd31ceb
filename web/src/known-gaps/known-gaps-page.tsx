import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EditorialNav } from '../editor/editorial-nav.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { PagedList } from '../ui/paged-list.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { GapRows } from './gap-rows.tsx'
import { knownGapsQuery } from './queries.ts'
import '../sample-questions/sample-questions.css'

const KINDS = ['editor', 'look', 'all'] as const
type Kind = (typeof KINDS)[number]
const TYPING_MS = 250

/** What people ask and acts do not say, and what to look at since an act reads otherwise. */
export function KnownGapsPage() {
  const { t } = useTranslation()
  const { role } = useSession()
  const [params, setParams] = useSearchParams()
  const kind: Kind = KINDS.find((one) => one === params.get('list')) ?? 'all'
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed.trim(), TYPING_MS)
  usePageTitle(t('gaps.title'))
  const reads = role === 'editor' || role === 'supervisor' || role === 'admin'
  const list = useInfiniteQuery({
    ...knownGapsQuery({ q, origin: kind === 'editor' ? 'editor' : null, needsLook: kind === 'look' }),
    enabled: reads,
    placeholderData: keepPreviousData,
  })
  if (!reads) return <NotFoundPage />
  const total = list.data?.pages[0]?.total
  return (
    <div className="page page-list">
      <EditorialNav />
      <div>
        <h1>{t('gaps.title')}</h1>
        <p className="muted">{t('gaps.intro')}</p>
      </div>
      <div className="desk-bar">
        <Segmented<Kind>
          label={t('gaps.title')}
          value={kind}
          onChange={(next) => setParams(next === 'all' ? {} : { list: next }, { replace: true })}
          options={KINDS.map((value) => ({ value, label: t(`questions.kind_${value}`) }))}
        />
        <input
          type="search"
          className="questions-search"
          aria-label={t('gaps.search')}
          placeholder={t('gaps.search')}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="muted" role="status">
          {total === undefined || total === 0 ? '' : t('questions.total', { count: total })}
        </span>
      </div>
      {kind === 'look' ? <p className="muted">{t('gaps.lookText')}</p> : null}
      <PagedList list={list} rows={5} empty={t('gaps.none')}>
        {(items) => <GapRows items={items} />}
      </PagedList>
    </div>
  )
}
