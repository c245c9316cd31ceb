import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { searchQuery } from '../api/queries.ts'
import type { Lang, SearchHit } from '../api/types.ts'
import { digitOf, isAltKey, isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { passportHref } from '../passports/passport-href.ts'
import { useSession } from '../shell/use-session.ts'
import { AsOfBanner } from '../ui/as-of-banner.tsx'
import { AsOfField } from '../ui/as-of-field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useToast } from '../ui/toast.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { AnswerPanel } from './answer-panel.tsx'
import { answerAsText } from './answer-as-text.ts'
import { citedPoints, hrefOfCitation } from './cited-points.ts'
import { isQuestion } from './is-question.ts'
import type { Asked } from './kept-answers.ts'
import { useOwnGroup } from './own-group.ts'
import { QueryContext, reportUse } from './report-use.ts'
import { FacetRow } from './facet-row.tsx'
import { SearchField } from './search-field.tsx'
import { SearchResults } from './search-results.tsx'
import { StartPanel } from './start-panel.tsx'
import { useAnswer } from './use-answer.ts'
import { useListedHits, type Unfolded } from './use-listed-hits.ts'
import { useSearchState } from './use-search-params.ts'

/** What was chosen for a question: an act or article, or who asks. */
interface Refined {
  question: string
  label: string | null
  more: Pick<Asked, 'asker' | 'within'>
}

const NOTHING_UNFOLDED: Unfolded = { groups: new Set(), switched: new Set() }
const toggled = (set: ReadonlySet<string>, value: string): ReadonlySet<string> =>
  set.has(value) ? new Set([...set].filter((one) => one !== value)) : new Set([...set, value])

/** What only goes on from a query whose correction was undone is searched for as typed, too. */
const goesOn = (asTyped: string | null, next: string): boolean =>
  asTyped !== null && next.trimStart().startsWith(asTyped.trim())

const SEARCH_REST_MS = 60
const ADDRESS_REST_MS = 160
const ANSWER_REST_MS = 350
const LIMIT = 20

export function SearchPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const say = useToast()
  const session = useSession()
  const [state, change] = useSearchState()
  const [text, setText] = useState(state.q)
  const field = useRef<HTMLInputElement>(null)
  const links = useRef<(HTMLAnchorElement | null)[]>([])
  const written = useRef(state.q)
  /** The query whose correction was undone. */
  const [asTyped, setAsTyped] = useState(state.verbatim ? state.q : null)
  const { view, put, cancel, clear } = useAnswer()
  const mayAsk = session.role !== 'agency'
  const [group, setGroup] = useOwnGroup()
  const [refined, setRefined] = useState<Refined | null>(null)
  usePageTitle(state.q === '' ? t('search.title') : state.q)

  // Address → field: Back, a sent link, the wordmark.
  useEffect(() => {
    if (state.q === written.current) return
    written.current = state.q
    setAsTyped(state.verbatim ? state.q : null)
    setText(state.q)
  }, [state.q, state.verbatim])

  // Field → address, once typing rests.
  const addressed = useDebounced(text, ADDRESS_REST_MS)
  useEffect(() => {
    if (addressed !== text || addressed.trim() === written.current.trim()) return
    written.current = addressed.trim()
    change({ q: addressed.trim(), verbatim: state.verbatim && goesOn(asTyped, addressed) })
  }, [addressed, text, asTyped, state.verbatim, change])

  /** Before a link or a key of this page leaves it: Back must bring what was typed, be it typed just now. */
  const keepAddress = () => {
    if (text.trim() === (new URLSearchParams(window.location.search).get('q') ?? '')) return
    written.current = text.trim()
    change({ q: text.trim(), verbatim: state.verbatim && goesOn(asTyped, text) })
  }
  const keepLatest = useRef(keepAddress)
  useEffect(() => {
    keepLatest.current = keepAddress
  })
  useEffect(() => {
    // Caught on its way down, so that the address is written before the link moves on from it.
    const onLink = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest('a') : null
      // A link to this page says itself what its address is.
      if (link !== null && link.pathname !== window.location.pathname) keepLatest.current()
    }
    document.addEventListener('click', onLink, true)
    return () => document.removeEventListener('click', onLink, true)
  }, [])

  const q = useDebounced(text, SEARCH_REST_MS).trim()
  const { kind, agency, service } = state
  const input = {
    q,
    lang: state.lang,
    asOf: state.asOf,
    kind,
    agency,
    service,
    limit: LIMIT,
    verbatim: state.verbatim && goesOn(asTyped, q),
  }
  const search = useQuery({
    ...searchQuery({ ...input, facets: true }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  // What was found last stays, dimmed, when a newer search fails: an outage takes nothing off the screen.
  const [lastFound, setLastFound] = useState(search.data)
  if (search.data !== undefined && search.data !== lastFound) setLastFound(search.data)
  const result = q === '' ? undefined : (search.data ?? (search.error === null ? undefined : lastFound))
  const stale = search.isPlaceholderData || search.data === undefined

  const [unfoldedOf, setUnfolded] = useState({ queryId: '', ...NOTHING_UNFOLDED })
  // What was opened belongs to its own result.
  const unfolded = unfoldedOf.queryId === result?.queryId ? unfoldedOf : NOTHING_UNFOLDED
  const unfold = (name: keyof Unfolded, { passageId }: SearchHit) =>
    setUnfolded({
      ...unfolded,
      queryId: result?.queryId ?? '',
      [name]: toggled(unfolded[name], passageId),
    })

  const listed = useListedHits(result?.hits ?? [], input, unfolded, stale)

  const asked = useMemo((): Asked => {
    const question = text.trim()
    return {
      question,
      asOf: state.asOf,
      ...(group === 'services' ? {} : { group }),
      // What was chosen belongs to its own question.
      ...(refined?.question === question ? refined.more : {}),
    }
  }, [text, state.asOf, group, refined])
  const restedQuestion = useDebounced(asked, ANSWER_REST_MS)
  useEffect(() => {
    if (!mayAsk) return
    if (asked.question === '') clear()
    else if (restedQuestion !== asked) cancel()
    else if (isQuestion(asked.question)) void put(asked)
  }, [asked, restedQuestion, mayAsk, put, cancel, clear])

  const points = useMemo(() => citedPoints(view.sentences), [view.sentences])
  const behind = view.question !== text.trim()

  // The log is of today, and of what is on the screen.
  const isNarrowed = kind !== null || agency !== null || service !== null
  const queryId = stale || isNarrowed || state.asOf !== null ? null : (result?.queryId ?? null)
  const report = (action: 'opened' | 'copied', passageId: string | undefined) => {
    if (queryId !== null && passageId !== undefined) reportUse({ queryId, action, passageId })
  }
  const foundBy = (passageId: string) => (queryId === null ? {} : { state: { queryId, passageId } })

  const typeInto = (next: string) => {
    if (next.trim() !== text.trim()) cancel()
    setText(next)
  }
  const clearField = () => {
    setText('')
    field.current?.focus()
  }
  const openNth = (number: number): boolean => {
    const point = points.find((candidate) => candidate.number === number)
    if (point === undefined || behind) return false
    keepAddress()
    report('opened', point.citation.passageId)
    void navigate(hrefOfCitation(point.citation, state.asOf), foundBy(point.citation.passageId))
    return true
  }
  /** The passport of the hit in focus, else of the first hit that has one. */
  const openPassport = (): boolean => {
    const hits = stale ? [] : listed.map(({ hit }) => hit)
    const at = links.current.findIndex((link) => link !== null && link === document.activeElement)
    const hrefOf = (hit: SearchHit) => passportHref(hit.citation, { lang: hit.lang, asOf: state.asOf })
    const chosen = (at < 0 ? hits : hits.slice(at, at + 1)).find((hit) => hrefOf(hit) !== null)
    const href = chosen === undefined ? null : hrefOf(chosen)
    if (href === null) return false
    report('opened', chosen?.passageId)
    keepAddress()
    void navigate(href)
    return true
  }
  const copy = async () => {
    if (view.answer === null || behind) return
    try {
      await navigator.clipboard.writeText(answerAsText(view.answer, t))
      report('copied', points[0]?.citation.passageId)
      say(t('answer.copied'))
    } catch {
      say(t('answer.copyFailed'))
    }
  }
  const isCorrected = result?.correctedTo != null && !input.verbatim
  const undoCorrection = () => {
    setAsTyped(text.trim())
    written.current = text.trim()
    change({ q: text.trim(), verbatim: true })
  }
  /** The hit in focus, else the first one, in the other language and back. */
  const switchText = (): boolean => {
    const hits = stale ? [] : listed.map(({ hit }) => hit)
    const at = links.current.findIndex((link) => link !== null && link === document.activeElement)
    const chosen = at < 0 ? hits.find(({ counterpart }) => counterpart !== null) : hits[at]
    if (chosen === undefined || chosen.counterpart === null) return false
    unfold('switched', chosen)
    return true
  }

  useHotkeys((event) => {
    const number = digitOf(event)
    if (number !== null && openNth(number)) {
      event.preventDefault()
      return
    }
    if (isAltKey(event, 'KeyU') && isCorrected) {
      event.preventDefault()
      undoCorrection()
      return
    }
    if (isTyping(event)) return
    if (isKey(event, 'KeyO') && openNth(1)) event.preventDefault()
    else if (isKey(event, 'KeyP') && openPassport()) event.preventDefault()
    else if (isKey(event, 'KeyC')) void copy()
    else if (isKey(event, 'KeyL') && switchText()) event.preventDefault()
    else if (isKey(event, 'KeyU') && isCorrected) undoCorrection()
    else if (event.key === 'Escape') field.current?.focus()
    else if (event.key === 'ArrowDown' && document.activeElement === document.body) links.current[0]?.focus()
  })

  const onFieldKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      links.current[0]?.focus()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (mayAsk && asked.question.length >= 2) void put(asked)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (text === '') field.current?.blur()
      else clearField()
    }
  }
  const onHitKey = (event: KeyboardEvent, index: number) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      links.current[index + 1]?.focus()
    } else if (event.key === 'ArrowUp') {
      event.preventDefault()
      if (index === 0) field.current?.focus()
      else links.current[index - 1]?.focus()
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const hit = listed[index]?.hit
      const isOpen = hit !== undefined && unfolded.groups.has(hit.passageId)
      if (hit === undefined || hit.moreInArticle === 0 || isOpen === (event.key === 'ArrowRight')) return
      event.preventDefault()
      unfold('groups', hit)
    } else if (event.key === 'Home') {
      event.preventDefault()
      links.current[0]?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      field.current?.focus()
    }
  }

  const reachable = result?.hits.reduce((sum, { moreInArticle }) => sum + 1 + moreInArticle, 0) ?? 0
  const countIn = (lang: Lang): string => {
    const count = result?.facets?.lang.find(({ value }) => value === lang)?.count
    return count === undefined ? '' : ` (${count})`
  }
  const found =
    result === undefined
      ? ''
      : [
          t('search.found', { count: result.total }),
          result.total > reachable ? t('search.shown', { count: result.hits.length }) : '',
        ]
          .filter((part) => part !== '')
          .join(', ')
  return (
    <div className="search-page">
      <h1 className="visually-hidden">{t('search.title')}</h1>
      <search className="search-bar">
        <SearchField
          ref={field}
          value={text}
          busy={search.isFetching}
          onChange={typeInto}
          onKeyDown={onFieldKey}
          onClear={clearField}
        />
        <div className="search-options">
          <p id="found" className="found" role="status">
            {found}
            {result === undefined ? null : (
              <span className="took" aria-hidden="true">
                {t('search.took', { ms: String(Math.max(1, Math.round(result.tookMs))) })}
              </span>
            )}
          </p>
          {text.trim() === '' ? null : (
            <FacetRow facets={result?.facets ?? null} chosen={{ kind, agency, service }} onChange={change} />
          )}
          <AsOfField value={state.asOf} onChange={(asOf) => change({ asOf })} />
          <Segmented<Lang | 'all'>
            label={t('search.language')}
            value={state.lang ?? 'all'}
            onChange={(lang) => change({ lang: lang === 'all' ? null : lang })}
            options={[
              { value: 'all', label: t('lang.all') },
              { value: 'ru', label: t('lang.ruShort'), title: `${t('lang.ru')}${countIn('ru')}` },
              { value: 'kk', label: t('lang.kkShort'), title: `${t('lang.kk')}${countIn('kk')}` },
            ]}
          />
        </div>
      </search>
      <AsOfBanner value={state.asOf} onReset={() => change({ asOf: null })} />
      <QueryContext value={queryId}>
        <div className="search-columns">
          <section className="search-left" aria-label={t('search.results')}>
            {text.trim() === '' ? (
              <StartPanel
                onChoose={(query) => {
                  setText(query)
                  field.current?.focus()
                }}
              />
            ) : (
              <SearchResults
                state={{ ...state, q }}
                result={result}
                stale={stale}
                listed={listed}
                unfolded={unfolded}
                onGroup={(hit) => unfold('groups', hit)}
                onSwitch={(hit) => unfold('switched', hit)}
                explained={session.role === 'editor' || session.role === 'admin' ? input : null}
                error={search.error}
                links={links}
                onHitKey={onHitKey}
                onUndoCorrection={undoCorrection}
                onRetry={() => void search.refetch()}
              />
            )}
          </section>
          {mayAsk ? (
            <AnswerPanel
              view={view}
              stale={behind}
              typed={text}
              asOf={state.asOf}
              onCopy={() => void copy()}
              onRetry={() => void put(asked, true)}
              narrowedTo={refined?.question === asked.question ? refined.label : null}
              group={group}
              onNarrow={(choice) =>
                setRefined(
                  choice === null
                    ? null
                    : { question: asked.question, label: choice.label, more: { within: choice.within } },
                )
              }
              onStateBody={() => setRefined({ question: asked.question, label: null, more: { asker: 'state-body' } })}
              onOwnGroup={setGroup}
              onAsk={(question) => {
                typeInto(question)
                field.current?.focus()
              }}
              mayJudge={session.role !== 'authority'}
            />
          ) : null}
        </div>
      </QueryContext>
    </div>
  )
}
