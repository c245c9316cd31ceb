import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, given, read } from '../api/client.ts'
import type { DiffPart } from '../api/types.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { DiffText } from '../ui/diff-text.tsx'
import { LangBadge } from '../ui/lang-badge.tsx'
import { PagedList } from '../ui/paged-list.tsx'
import { citedChangeKey } from './cited-change-key.ts'

const isSaidAlike = (parts: readonly DiffPart[]): boolean => parts.every(({ kind }) => kind === 'same')

/** Answers that were given by wordings which have changed since, each with what the provision says now. */
export function AffectedAnswers() {
  const { t } = useTranslation()
  const list = useInfiniteQuery({
    queryKey: ['impact', 'answers'],
    queryFn: ({ pageParam, signal }) =>
      read(api.impact.answers.$get({ query: { limit: '50', ...given({ cursor: pageParam }) } }, { init: { signal } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  return (
    <>
      <p className="muted">{t('impact.answersIntro')}</p>
      {list.data?.pages.some((page) => page.truncated) === true ? (
        <p className="muted">{t('impact.answersTruncated')}</p>
      ) : null}
      <PagedList list={list} rows={4} empty={t('editorial.none')}>
        {(items) => (
          <ul className="tasks">
            {items.map((answer) => (
              <li key={answer.answerId} className="task" data-testid="affected-answer">
                <div className="task-head">
                  <span lang={answer.lang}>{answer.question}</span>
                  <LangBadge lang={answer.lang} />
                  <span className="muted">{formatMoment(answer.at)}</span>
                </div>
                {answer.citations.map((citation) => (
                  <div key={citation.provisionId} className="task-impact">
                    <p>
                      {t(citedChangeKey({ ...citation, isSaidAlike: isSaidAlike(citation.parts) }), {
                        labels: citation.label,
                        date: formatDay(citation.since),
                        to: citation.movedTo,
                      })}
                      {citation.by === null ? '' : ` (${citation.by})`}.{' '}
                      <Link to={citation.url}>{t('impact.whatChanged')}</Link>
                    </p>
                    {citation.movedTo !== null && isSaidAlike(citation.parts) ? null : (
                      <DiffText parts={citation.parts} />
                    )}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </>
  )
}
