import { useTranslation } from 'react-i18next'
import type { Answer, Clarification, Within } from '../api/types.ts'

interface ClarificationCardProps {
  clarify: Clarification
  lang: Answer['lang']
  onChoose: (choice: { label: string; within: Within }) => void
}

/** One question back, with what the knowledge base really holds to choose from. */
export function ClarificationCard({ clarify, lang, onChoose }: ClarificationCardProps) {
  const { t } = useTranslation()
  return (
    <section className="clarify" aria-label={t('guidance.clarify')} data-testid="clarify" lang={lang}>
      <h3>{clarify.question}</h3>
      <ul>
        {clarify.choices.map((choice) => (
          <li key={choice.label}>
            <button type="button" className="choice" onClick={() => onChoose(choice)}>
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
