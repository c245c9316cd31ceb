import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { api, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import { digitOf, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { EditorialNav } from '../editor/editorial-nav.tsx'
import { TieDialog } from '../sample-questions/tie-dialog.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { CloseDialog } from './close-dialog.tsx'
import { queryLogQuery } from './queries.ts'
import { QueryRow } from './query-row.tsx'
import type { LoggedQuery, QueryList } from './types.ts'

const LISTS = ['nothing-found', 'not-answered', 'low-confidence', 'tasked', 'frequent', 'closed', 'opened-low'] as const
const PERIODS = ['7', '30', '90', '365'] as const
type Period = (typeof PERIODS)[number]
const PAGE = 50
const MOST = 200

const orFirst = <T extends string>(all: readonly T[], value: string | null, otherwise: T): T =>
  all.find((one) => one === value) ?? otherwise

/** What people look for and do not find, and what can be done about it. */
export function QueryLogPage() {
  const { t } = useTranslation()
  const session = useSession()
  const say = useToast()
  const queries = useQueryClient()
  const [params, setParams] = useSearchParams()
  const list = orFirst<QueryList>(LISTS, params.get('list'), 'nothing-found')
  const days = orFirst<Period>(PERIODS, params.get('days'), '30')
  const given = params.get('lang')
  const lang: Lang | null = given === 'ru' || given === 'kk' ? given : null
  const [limit, setLimit] = useState(PAGE)
  const [closing, setClosing] = useState<LoggedQuery | null>(null)
  const [tying, setTying] = useState<LoggedQuery | null>(null)
  const links = useRef<(HTMLAnchorElement | null)[]>([])
  usePageTitle(t('queryLog.title'))
  const writes = session.role === 'editor' || session.role === 'admin'
  const reads = writes || session.role === 'supervisor'
  const log = useQuery({
    ...queryLogQuery({ list, days: Number(days), lang, limit }),
    enabled: reads,
    placeholderData: keepPreviousData,
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['query-log'] })
  const task = useMutation({
    mutationFn: ({ key, lang: own }: LoggedQuery) => read(api['query-log'].tasks.$post({ json: { key, lang: own } })),
    onSuccess: () => say(t('queryLog.taskDone')),
    onSettled: refresh,
  })
  const reopen = useMutation({
    mutationFn: ({ key, lang: own }: LoggedQuery) =>
      read(api['query-log'].reopenings.$post({ json: { key, lang: own } })),
    onSuccess: () => say(t('queryLog.reopened')),
    onSettled: refresh,
  })

  const set = (name: string, value: string, otherwise: string) => {
    setLimit(PAGE)
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        if (value === otherwise) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }
  const show = (next: QueryList) => set('list', next, 'nothing-found')
  useHotkeys((event) => {
    if (isTyping(event)) return
    const next = LISTS[(digitOf(event) ?? 0) - 1]
    if (next !== undefined) {
      event.preventDefault()
      show(next)
    } else if (event.key === 'ArrowDown' && document.activeElement === document.body) {
      event.preventDefault()
      links.current[0]?.focus()
    }
  })
  const onRowKey = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    links.current[event.key === 'ArrowDown' ? at + 1 : at - 1]?.focus()
  }
  if (!reads) return <NotFoundPage />
  const items = log.data?.items ?? []
  const error = task.error ?? reopen.error
  return (
    <div className="page page-list">
      <EditorialNav />
      <div>
        <h1>{t('queryLog.title')}</h1>
        <p className="muted">{t('queryLog.intro')}</p>
      </div>
      <div className="desk-bar">
        <Segmented<QueryList>
          label={t('queryLog.lists')}
          value={list}
          onChange={show}
          options={LISTS.map((value) => ({
            value,
            label:
              log.data === undefined ? t(`queryLog.${value}`) : `${t(`queryLog.${value}`)} ${log.data.counts[value]}`,
          }))}
        />
        <Segmented<Period>
          label={t('queryLog.period')}
          value={days}
          onChange={(next) => set('days', next, '30')}
          options={PERIODS.map((value) => ({ value, label: t(`queryLog.days_${value}`) }))}
        />
        <Segmented<Lang | 'all'>
          label={t('search.language')}
          value={lang ?? 'all'}
          onChange={(next) => set('lang', next, 'all')}
          options={[
            { value: 'all', label: t('lang.all') },
            { value: 'ru', label: t('lang.ruShort'), title: t('lang.ru') },
            { value: 'kk', label: t('lang.kkShort'), title: t('lang.kk') },
          ]}
        />
      </div>
      {log.data === undefined || log.data.places.found === 0 ? null : (
        <p data-testid="places-opened">
          {t('queryLog.placesOpened', {
            found: log.data.places.found,
            opened: log.data.places.opened,
            first: log.data.places.first,
            second: log.data.places.second,
            lower: log.data.places.lower,
          })}
          {log.data.places.unknown === 0 ? '' : ` ${t('queryLog.placesUnknown', { count: log.data.places.unknown })}`}
        </p>
      )}
      <p className="muted">
        {t(`queryLog.hint_${list}`)}{' '}
        <span className="desk-keys">
          {t('queryLog.keys')} <Kbd>1</Kbd>…<Kbd>{LISTS.length}</Kbd> {t('queryLog.keyLists')}, <Kbd>↓</Kbd>{' '}
          <Kbd>↑</Kbd> {t('queryLog.keyMove')}, <Kbd>Enter</Kbd> {t('queryLog.keySearch')}
        </span>
      </p>
      {error === null ? null : <ProblemNotice error={error} />}
      {log.error === null ? null : <ProblemNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.isPending ? <Skeleton rows={5} kind="line" /> : null}
      {log.data !== undefined && items.length === 0 ? <p role="status">{t('queryLog.empty')}</p> : null}
      {items.length === 0 ? null : (
        <ul className="tasks query-log" data-stale={log.isPlaceholderData}>
          {items.map((query, at) => (
            <QueryRow
              key={`${query.lang} ${query.key}`}
              ref={(element) => {
                links.current[at] = element
              }}
              query={query}
              writes={writes}
              onKeyDown={(event) => onRowKey(event, at)}
              onTie={() => setTying(query)}
              onTask={() => task.mutate(query)}
              onClose={() => setClosing(query)}
              onReopen={() => reopen.mutate(query)}
            />
          ))}
        </ul>
      )}
      {log.data !== undefined && log.data.counts[list] > items.length && limit < MOST ? (
        <button type="button" className="button" onClick={() => setLimit(MOST)}>
          {t('common.more')}
        </button>
      ) : null}
      {tying === null ? null : (
        <TieDialog
          question={tying.text}
          lang={tying.lang}
          closeLabel={t('questions.closeQuery')}
          onClose={() => setTying(null)}
          onCloseGap={async (reason) => {
            const { key, lang: own } = tying
            await read(api['query-log'].dismissals.$post({ json: { key, lang: own, reason } }))
            say(t('queryLog.closedDone'))
            void refresh()
          }}
        />
      )}
      {closing === null ? null : (
        <CloseDialog
          query={closing}
          onCancel={() => setClosing(null)}
          onClosed={() => {
            setClosing(null)
            say(t('queryLog.closedDone'))
            void refresh()
          }}
        />
      )}
    </div>
  )
}
