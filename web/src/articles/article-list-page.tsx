import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { articleListQuery } from '../api/queries.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { shortLabels } from './short-labels.ts'

/** Everything published, in the order of its acts. */
export function ArticleListPage() {
  const { t } = useTranslation()
  usePageTitle(t('article.title'))
  const articles = useInfiniteQuery(articleListQuery)
  const items = articles.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page page-list">
      <h1>{t('article.title')}</h1>
      {articles.error === null ? null : (
        <ProblemNotice error={articles.error} onRetry={() => void articles.refetch()} />
      )}
      {articles.isPending ? <Skeleton rows={8} kind="line" /> : null}
      {articles.isSuccess && items.length === 0 ? <p className="muted">{t('article.empty')}</p> : null}
      <ul className="article-list">
        {items.map((item) => (
          <li key={`${item.articleId}${item.lang}`}>
            <Link
              to={`/articles/${encodeURIComponent(item.articleId)}?lang=${item.lang}`}
              className="article-item"
              lang={item.lang}
            >
              <span className="article-item-title">{item.title}</span>
              <span className="article-item-labels">{shortLabels(item.labels)}</span>
              <LangBadge lang={item.lang} />
            </Link>
          </li>
        ))}
      </ul>
      {articles.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={articles.isFetchingNextPage}
          onClick={() => void articles.fetchNextPage()}
        >
          {t('common.more')}
        </button>
      ) : null}
    </div>
  )
}
