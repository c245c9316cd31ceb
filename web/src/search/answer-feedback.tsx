import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import type { Answer, Verdict } from '../api/types.ts'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'

const KEYS: Record<Verdict, { code: string; shown: string }> = {
  right: { code: 'KeyR', shown: 'r' },
  wrong: { code: 'KeyW', shown: 'w' },
  incomplete: { code: 'KeyI', shown: 'i' },
  gap: { code: 'KeyN', shown: 'n' },
}
const BY_STATUS: Record<Answer['status'], readonly Verdict[]> = {
  answered: ['right', 'wrong', 'incomplete'],
  partial: ['right', 'wrong', 'incomplete', 'gap'],
  no_answer: ['right', 'gap'],
}
const needsReason = (verdict: Verdict) => verdict === 'wrong' || verdict === 'incomplete'
const SHORTEST_REASON = 3

/** Right, wrong, incomplete or missing, by one key; what is wrong goes to the editors with its reason. */
export function AnswerFeedback({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  const [writing, setWriting] = useState<Verdict | null>(null)
  const [reason, setReason] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const verdicts = BY_STATUS[answer.status]
  const give = useMutation({
    mutationFn: (given: { verdict: Verdict; reason?: string }) =>
      read(api.answers[':id'].feedback.$post({ param: { id: answer.answerId }, json: given })),
    onSuccess: () => {
      setWriting(null)
      setReason('')
    },
  })
  const given = give.data?.verdict ?? null
  const choose = (verdict: Verdict) => {
    if (give.isPending) return
    if (needsReason(verdict)) {
      setWriting(verdict)
      return
    }
    setWriting(null)
    give.mutate({ verdict })
  }
  const send = () => {
    const text = reason.trim()
    if (writing === null || text.length < SHORTEST_REASON || give.isPending) return
    give.mutate({ verdict: writing, reason: text })
  }
  useHotkeys((event) => {
    if (isTyping(event)) return
    const verdict = verdicts.find((one) => isKey(event, KEYS[one].code))
    if (verdict === undefined) return
    event.preventDefault()
    choose(verdict)
  })
  const onReasonKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setWriting(null)
      box.current?.querySelector('button')?.focus()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      send()
    }
  }
  return (
    <section className="feedback" aria-label={t('feedback.title')} data-testid="feedback">
      <div ref={box} className="feedback-keys" role="group" aria-label={t('feedback.title')}>
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            className="button button-small"
            aria-pressed={given === verdict}
            disabled={give.isPending}
            onClick={() => choose(verdict)}
          >
            {t(answer.status === 'no_answer' && verdict === 'right' ? 'feedback.rightRefusal' : `feedback.${verdict}`)}
            <Kbd>{KEYS[verdict].shown}</Kbd>
          </button>
        ))}
      </div>
      {writing === null ? null : (
        <div className="feedback-reason">
          <label>
            {t(writing === 'wrong' ? 'feedback.whyWrong' : 'feedback.whyIncomplete')}
            <textarea
              rows={2}
              maxLength={1000}
              autoFocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              onKeyDown={onReasonKey}
            />
          </label>
          <div className="feedback-send">
            <button
              type="button"
              className="button button-small button-primary"
              disabled={give.isPending || reason.trim().length < SHORTEST_REASON}
              onClick={send}
            >
              {t('feedback.send')} <Kbd>Enter</Kbd>
            </button>
            <button type="button" className="link-button" onClick={() => setWriting(null)}>
              {t('common.cancel')}
            </button>
          </div>
        </div>
      )}
      <p className="feedback-done" role="status">
        {given === null || writing !== null ? '' : t(given === 'right' ? 'feedback.thanks' : 'feedback.sent')}
      </p>
      {give.error === null ? null : <ProblemNotice error={give.error} />}
    </section>
  )
}
