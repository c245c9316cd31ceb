import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ApiError } from '../api/api-error.ts'
import { api, read } from '../api/client.ts'
import { CitationChips } from '../search/citation-chips.tsx'
import { citedPoints } from '../search/cited-points.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { formatDay, formatMoment } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

/** The record of one answer, for those who look into feedback: what was asked, said, dropped and looked at. */
export function AnswerRecordPage() {
  const { t } = useTranslation()
  const { answerId = '' } = useParams()
  const record = useQuery({
    queryKey: ['answers', answerId, 'record'],
    queryFn: () => read(api.answers[':id'].record.$get({ param: { id: answerId } })),
    retry: false,
  })
  usePageTitle(t('feedback.record'))
  if (record.error instanceof ApiError && (record.error.status === 404 || record.error.status === 403))
    return <NotFoundPage />
  const { data } = record
  const points = citedPoints(data?.sentences ?? [])
  const dropped = data?.proposals.filter(({ ok }) => !ok) ?? []
  return (
    <div className="page page-list" data-testid="answer-record">
      <h1>{t('feedback.record')}</h1>
      {record.error === null ? null : <ProblemNotice error={record.error} onRetry={() => void record.refetch()} />}
      {data === undefined ? (
        record.isPending ? (
          <Skeleton rows={5} kind="line" />
        ) : null
      ) : (
        <>
          <p className="record-question" lang={data.lang}>
            «{data.question}» <LangBadge lang={data.lang} />
          </p>
          <p className="muted">
            {formatMoment(data.at)} · {t('answer.asOf', { date: formatDay(data.asOf) })} · {t(`answer.${data.status}`)}{' '}
            · {data.answerer}
          </p>
          <ol className="record-list" lang={data.lang}>
            {data.sentences.map((sentence, index) => (
              <li key={index}>
                {sentence.text} <CitationChips sentence={sentence} points={points} asOf={data.asOf} />
                {data.changes
                  .filter(({ provisionId }) => sentence.citations.some((one) => one.provisionId === provisionId))
                  .map(({ provisionId, change }) => (
                    <SourceChangeNote key={provisionId} changed={change} coming={null} />
                  ))}
              </li>
            ))}
          </ol>
          {dropped.length === 0 ? null : (
            <section aria-label={t('feedback.dropped')}>
              <h2>{t('feedback.dropped')}</h2>
              <ul className="record-list">
                {dropped.map(({ text, reason, detail }, index) => (
                  <li key={index}>
                    <span lang={data.lang}>{text}</span>{' '}
                    <span className="muted">
                      {reason}
                      {detail === null || detail === '' ? '' : `: ${detail}`}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-label={t('feedback.looked')}>
            <h2>{t('feedback.looked')}</h2>
            <ol className="record-list">
              {data.passages.map((passage) => (
                <li key={passage.passageId} lang={passage.lang}>
                  <details>
                    <summary>
                      {passage.label}, {passage.title}
                      {passage.isPointedAt === true ? (
                        <span className="muted"> · {t('feedback.pointedAt')}</span>
                      ) : null}
                      {passage.isUnchanged ? null : <span className="muted"> · {t('feedback.changed')}</span>}
                    </summary>
                    <p className="record-text">{passage.text ?? ''}</p>
                  </details>
                </li>
              ))}
            </ol>
          </section>
        </>
      )}
    </div>
  )
}
