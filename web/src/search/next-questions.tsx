import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import type { Answer } from '../api/types.ts'

/** What may be asked next; each has an answer. Silent until it is known, and where there is nothing. */
export function NextQuestions({ answer, onChoose }: { answer: Answer; onChoose: (question: string) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['answers', answer.answerId, 'next'],
    queryFn: () => read(api.answers[':id'].next.$get({ param: { id: answer.answerId } })),
    staleTime: Infinity,
    retry: false,
  })
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="next" aria-label={t('guidance.next')} data-testid="next" lang={answer.lang}>
      <h3 lang={undefined}>{t('guidance.next')}</h3>
      <ul>
        {data.items.map((question) => (
          <li key={question}>
            <button type="button" className="choice" onClick={() => onChoose(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
