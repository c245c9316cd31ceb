import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Lang, PassageKind } from '../api/types.ts'
import { asOfParam } from '../text/days.ts'

export interface SearchState {
  q: string
  /** Null: all languages. */
  lang: Lang | null
  /** Null: today. */
  asOf: string | null
  /** Search as typed although a word seems misspelt. */
  verbatim: boolean
  /** Null: all kinds, bodies, services. */
  kind: PassageKind | null
  agency: string | null
  service: string | null
}

/** What narrows a result besides its language and day. */
export type Narrowing = Pick<SearchState, 'kind' | 'agency' | 'service'>

const langOf = (value: string | null): Lang | null => (value === 'ru' || value === 'kk' ? value : null)

const kindOf = (value: string | null): PassageKind | null =>
  value === 'act' || value === 'passport' || value === 'article' ? value : null

/** The query lives in the address, so that Back, reload and a sent link bring it back. */
export function useSearchState(): [SearchState, (change: Partial<SearchState>) => void] {
  const [params, setParams] = useSearchParams()
  const state = useMemo<SearchState>(
    () => ({
      q: params.get('q') ?? '',
      lang: langOf(params.get('lang')),
      asOf: asOfParam(params.get('asOf')),
      verbatim: params.get('verbatim') === '1',
      kind: kindOf(params.get('kind')),
      agency: params.get('agency'),
      service: params.get('service'),
    }),
    [params],
  )
  const change = useCallback(
    (next: Partial<SearchState>) => {
      setParams(
        (current) => {
          const params = new URLSearchParams(current)
          const set = (name: string, value: string | null) =>
            value === null || value === '' ? params.delete(name) : params.set(name, value)
          if (next.q !== undefined) set('q', next.q)
          if (next.lang !== undefined) set('lang', next.lang)
          if (next.asOf !== undefined) set('asOf', next.asOf)
          if (next.verbatim !== undefined) set('verbatim', next.verbatim ? '1' : null)
          for (const name of ['kind', 'agency', 'service'] as const) {
            const value = next[name]
            if (value !== undefined) set(name, value)
          }
          return params
        },
        { replace: true },
      )
    },
    [setParams],
  )
  return [state, change]
}
