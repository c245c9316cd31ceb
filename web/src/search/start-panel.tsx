import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { articleListQuery } from '../api/queries.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const SHOWN = 8

/** Before anything is typed: what the knowledge base speaks about, by its own titles. */
export function StartPanel({ onChoose }: { onChoose: (query: string) => void }) {
  const { t } = useTranslation()
  const articles = useInfiniteQuery(articleListQuery)
  const items = articles.data?.pages[0]?.items
  return (
    <section className="start" aria-label={t('search.startFrom')}>
      <p className="start-lead">{t('search.start')}</p>
      {items === undefined ? null : items.length === 0 ? <p>{t('article.empty')}</p> : <h2>{t('search.startFrom')}</h2>}
      {articles.isPending ? <Skeleton rows={4} kind="line" /> : null}
      {articles.error === null ? null : (
        <ProblemNotice error={articles.error} onRetry={() => void articles.refetch()} />
      )}
      <ul className="start-list">
        {items?.slice(0, SHOWN).map((article) => (
          <li key={`${article.articleId}${article.lang}`}>
            <button type="button" className="start-item" lang={article.lang} onClick={() => onChoose(article.title)}>
              {article.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
