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
import './sample-questions.css'
import { questionsQuery } from './queries.ts'
import { QuestionRows } from './question-rows.tsx'

const KINDS = ['editor', 'look', 'file', 'all'] as const
type Kind = (typeof KINDS)[number]
const TYPING_MS = 250

/** Questions that people ask, with the points that answer them, and those to look at since their point reads otherwise. */
export function SampleQuestionsPage() {
  const { t } = useTranslation()
  const { role } = useSession()
  const [params, setParams] = useSearchParams()
  const kind: Kind = KINDS.find((one) => one === params.get('list')) ?? 'editor'
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed.trim(), TYPING_MS)
  usePageTitle(t('questions.title'))
  const reads = role === 'editor' || role === 'supervisor' || role === 'admin'
  const list = useInfiniteQuery({
    ...questionsQuery({
      actId: null,
      lang: null,
      eid: null,
      q,
      origin: kind === 'editor' || kind === 'file' ? kind : null,
      needsLook: kind === 'look',
    }),
    enabled: reads,
    placeholderData: keepPreviousData,
  })
  if (!reads) return <NotFoundPage />
  const total = list.data?.pages[0]?.total
  return (
    <div className="page page-list">
      <EditorialNav />
      <div>
        <h1>{t('questions.title')}</h1>
        <p className="muted">{t('questions.intro')}</p>
      </div>
      <div className="desk-bar">
        <Segmented<Kind>
          label={t('questions.title')}
          value={kind}
          onChange={(next) => setParams(next === 'editor' ? {} : { list: next }, { replace: true })}
          options={KINDS.map((value) => ({ value, label: t(`questions.kind_${value}`) }))}
        />
        <input
          type="search"
          className="questions-search"
          aria-label={t('questions.search')}
          placeholder={t('questions.search')}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="muted" role="status">
          {total === undefined || total === 0 ? '' : t('questions.total', { count: total })}
        </span>
      </div>
      {kind === 'look' ? <p className="muted">{t('questions.lookText')}</p> : null}
      <PagedList list={list} rows={5} empty={t('questions.none')}>
        {(items) => <QuestionRows items={items} withPlaces />}
      </PagedList>
    </div>
  )
}
