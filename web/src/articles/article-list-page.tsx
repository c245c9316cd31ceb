import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { articleListQuery } from '../api/queries.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { PagedList } from '../ui/paged-list.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { shortLabels } from './short-labels.ts'

/** Everything published, in the order of its acts. */
export function ArticleListPage() {
  const { t } = useTranslation()
  usePageTitle(t('article.title'))
  const articles = useInfiniteQuery(articleListQuery)
  return (
    <div className="page page-list">
      <h1>{t('article.title')}</h1>
      <PagedList list={articles} rows={8} empty={t('article.empty')}>
        {(items) => (
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
        )}
      </PagedList>
    </div>
  )
}
