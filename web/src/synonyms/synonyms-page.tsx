import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { EditorialNav } from '../editor/editorial-nav.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { Kbd } from '../ui/kbd.tsx'
import { PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { GroupEditor } from './group-editor.tsx'
import { titleOf, wordsOf } from './group-text.ts'
import { groupListQuery, groupQuery } from './queries.ts'
import './synonyms.css'
import type { SynonymGroup } from './types.ts'

const ORIGINS = ['file', 'changed', 'added', 'removed'] as const
type Origin = SynonymGroup['origin']
const REST_MS = 200
const LONGEST_EXAMPLE = 400

/** Words that mean the same to a caller: looked up, changed with a preview of what that does, undone. */
export function SynonymsPage() {
  const { t } = useTranslation()
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const chosen = params.get('group')
  const isNew = chosen === null && params.has('new')
  const example = (params.get('example') ?? '').slice(0, LONGEST_EXAMPLE)
  const [typed, setTyped] = useState('')
  const [origin, setOrigin] = useState<Origin | null>(null)
  const q = useDebounced(typed.trim(), REST_MS)
  const rows = useRef<(HTMLButtonElement | null)[]>([])
  const field = useRef<HTMLInputElement>(null)
  const chosenPart = useRef<HTMLElement>(null)
  usePageTitle(t('synonyms.title'))
  const writes = session.role === 'editor' || session.role === 'admin'
  const list = useInfiniteQuery({
    ...groupListQuery({ q, origin }),
    enabled: writes,
    placeholderData: keepPreviousData,
  })
  const group = useQuery({ ...groupQuery(chosen ?? ''), enabled: writes && chosen !== null })
  const dirty = useRef(false)
  const onDirty = useCallback((isDirty: boolean) => {
    dirty.current = isDirty
  }, [])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
  /** @param id null: a new group */
  const choose = (id: string | null) => {
    if (dirty.current && !window.confirm(t('synonyms.unsaved'))) return
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        next.delete('group')
        next.delete('new')
        next.set(id === null ? 'new' : 'group', id ?? '1')
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }
  // What was saved is made anew here, and the focus would fall out of the page.
  const onSaved = (id: string) => {
    choose(id)
    chosenPart.current?.focus({ preventScroll: true })
  }
  useHotkeys((event) => {
    if (isTyping(event)) return
    if (isKey(event, 'KeyN')) {
      event.preventDefault()
      choose(null)
    } else if (event.key === 'Escape') field.current?.focus()
  })
  const onRowKey = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    if (event.key === 'ArrowUp' && at === 0) field.current?.focus()
    else rows.current[event.key === 'ArrowDown' ? at + 1 : at - 1]?.focus()
  }
  if (!writes) return <NotFoundPage />
  const total = list.data?.pages[0]?.total
  return (
    <div className="page page-synonyms">
      <EditorialNav />
      <div className="desk-head">
        <h1>{t('synonyms.title')}</h1>
        <button type="button" className="button button-primary" onClick={() => choose(null)}>
          {t('synonyms.new')} <Kbd>n</Kbd>
        </button>
        {(['ru', 'kk'] as const).map((lang) => (
          <a key={lang} href={`/api/v1/synonyms/files/${lang}`} download title={t('synonyms.downloadHint')}>
            {t('synonyms.download', { name: `synonyms.${lang}.yaml` })}
          </a>
        ))}
      </div>
      <p className="muted">{t('synonyms.intro')}</p>
      {example === '' ? null : (
        <p className="notice" role="status">
          {t('synonyms.fromLog', { text: example })}
        </p>
      )}
      <div className="synonym-columns">
        <section className="synonym-list" aria-label={t('synonyms.groups')}>
          <input
            ref={field}
            type="search"
            aria-label={t('synonyms.find')}
            placeholder={t('synonyms.find')}
            value={typed}
            maxLength={200}
            autoFocus={chosen === null && !isNew}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return
              event.preventDefault()
              rows.current[0]?.focus()
            }}
          />
          <Segmented<Origin | 'all'>
            label={t('synonyms.groups')}
            value={origin ?? 'all'}
            onChange={(next) => setOrigin(next === 'all' ? null : next)}
            options={[
              { value: 'all', label: t('synonyms.allOrigins') },
              ...ORIGINS.map((value) => ({ value, label: t(`synonyms.origin_${value}`) })),
            ]}
          />
          <p className="muted">
            <span role="status">
              {total === undefined ? '' : total === 0 ? t('synonyms.none') : t('synonyms.found', { count: total })}
            </span>{' '}
            <Kbd>↓</Kbd> <Kbd>↑</Kbd> {t('synonyms.keyMove')}
          </p>
          <PagedList list={list} rows={6} empty={null}>
            {(items) => (
              <ul className="synonym-rows">
                {items.map((item, at) => (
                  <li key={item.id}>
                    <button
                      type="button"
                      ref={(element) => {
                        rows.current[at] = element
                      }}
                      className="synonym-row"
                      aria-current={item.id === chosen ? 'true' : undefined}
                      data-testid="synonym-group"
                      onClick={() => choose(item.id)}
                      onKeyDown={(event) => onRowKey(event, at)}
                    >
                      <span className="synonym-name">
                        {titleOf(item)}
                        {item.origin === 'file' ? null : (
                          <span className={`state synonym-${item.origin}`}>{t(`synonyms.state_${item.origin}`)}</span>
                        )}
                      </span>
                      <span className="synonym-words">{wordsOf(item.content)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </PagedList>
        </section>
        <section ref={chosenPart} className="synonym-chosen" aria-label={chosen ?? t('synonyms.new')} tabIndex={-1}>
          {chosen === null && !isNew ? <p className="muted">{t('synonyms.choose')}</p> : null}
          {isNew ? <GroupEditor group={null} example={example} onSaved={onSaved} onDirty={onDirty} /> : null}
          {group.error === null || chosen === null ? null : <ProblemNotice error={group.error} />}
          {group.data === undefined || group.data.id !== chosen ? null : (
            <GroupEditor
              key={`${group.data.id} ${group.data.number}`}
              group={group.data}
              example={example}
              onSaved={onSaved}
              onDirty={onDirty}
            />
          )}
        </section>
      </div>
    </div>
  )
}
