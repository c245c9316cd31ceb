import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/types.ts'

/** What is told of the chat model: of an answer, or of an answered question of a letter. */
type Told = Pick<Answer, 'fallback' | 'sentences' | 'answerer' | 'leftOut' | 'quarantined'> & {
  model: { name: string } | null
}

const isModels = ({ model, fallback, sentences, answerer }: Told): boolean =>
  model !== null && sentences.length > 0 && answerer !== fallback?.to

/** Why the text of the acts speaks in place of the chat model, or after it. */
export function FallbackNotice({ answer }: { answer: Told }) {
  const { t } = useTranslation()
  const { model, fallback, sentences } = answer
  if (model === null || fallback === null) return null
  const key = isModels(answer) ? 'fallbackAfter' : sentences.length > 0 ? 'fallback' : 'fallbackNothing'
  return (
    <p className="notice notice-warn" role="status" data-testid="answer-fallback" data-reason={fallback.reason}>
      {t(`answer.${key}`, { model: model.name, reason: t(`answer.fallbackReason.${fallback.reason}`) })}
    </p>
  )
}

/** What the model was not given of question and passages, where one is asked. */
export function LeftOutNotice({ answer }: { answer: Told }) {
  const { t } = useTranslation()
  const { model, leftOut, quarantined } = answer
  if (model === null || (leftOut.length === 0 && quarantined === 0)) return null
  return (
    <p className="notice" role="status" data-testid="answer-left-out">
      {leftOut.length === 0 ? null : t('answer.leftOut', { text: leftOut.map((one) => `«${one}»`).join(' ') })}{' '}
      {quarantined === 0 ? null : t('answer.quarantined', { count: quarantined })}
    </p>
  )
}

/** Which model wrote the sentences, where it wrote all of them. */
export function ModelNotice({ answer }: { answer: Told }) {
  const { t } = useTranslation()
  if (answer.model === null || answer.fallback !== null || !isModels(answer)) return null
  return (
    <p className="model-note" data-testid="answer-model">
      {t('answer.writtenBy', { model: answer.model.name })}
    </p>
  )
}
