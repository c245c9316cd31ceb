import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from './problem-notice.tsx'
import { Skeleton } from './skeleton.tsx'

/** As much of a query of pages as a list shows. */
export interface PagedQuery<Item> {
  data: { pages: readonly { items: readonly Item[] }[] } | undefined
  error: Error | null
  isPending: boolean
  isSuccess: boolean
  refetch: () => unknown
  /** Absent of a list that comes whole. */
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

interface PagedListProps<Item> {
  list: PagedQuery<Item>
  /** Lines that hold its place until it is there. */
  rows: number
  /** What stands there, and is read out, where it has nothing. */
  empty: ReactNode
  /** The items of all pages so far, one at least. */
  children: (items: readonly Item[]) => ReactNode
}

export const itemsOf = <Item,>(list: Pick<PagedQuery<Item>, 'data'>): readonly Item[] =>
  list.data?.pages.flatMap((page) => page.items) ?? []

interface WholeQuery<Item> extends Omit<PagedQuery<Item>, 'data'> {
  data: { items: readonly Item[] } | undefined
}

/** A list that comes whole, as one page. */
export const asOnePage = <Item,>({
  data,
  error,
  isPending,
  isSuccess,
  refetch,
}: WholeQuery<Item>): PagedQuery<Item> => ({
  data: data === undefined ? undefined : { pages: [data] },
  error,
  isPending,
  isSuccess,
  refetch,
})

/** A list that comes in pages: what went wrong, its place while it loads, that it is empty, or what it has and the way to more. */
export function PagedList<Item>({ list, rows, empty, children }: PagedListProps<Item>) {
  const { t } = useTranslation()
  const items = itemsOf(list)
  const said = list.isSuccess && items.length === 0 ? empty : null
  return (
    <>
      {list.error === null ? null : <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending ? <Skeleton rows={rows} kind="line" /> : null}
      {/* Always there: what comes into it is read out. */}
      <div role="status" className="list-said">
        {typeof said === 'string' ? <p className="muted">{said}</p> : said}
      </div>
      {items.length === 0 ? null : children(items)}
      {list.hasNextPage === true ? (
        <button
          type="button"
          className="button"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage?.()}
        >
          {t('common.more')}
        </button>
      ) : null}
    </>
  )
}
