import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '../api/ask.ts'
import type { Answer, AnswerSentence } from '../api/types.ts'
import { keepAnswer, keptAnswer, keyOfAsked, type Asked } from './kept-answers.ts'

export interface AnswerView {
  phase: 'idle' | 'asking' | 'streaming' | 'done' | 'failed'
  /** What the sentences answer; may be behind what is typed now. */
  question: string
  sentences: readonly AnswerSentence[]
  answer: Answer | null
  error: Error | null
}

const IDLE: AnswerView = { phase: 'idle', question: '', sentences: [], answer: null, error: null }

/** The suggested answer: one question at a time, a newer one cancels the older. */
export function useAnswer() {
  const [view, setView] = useState<AnswerView>(IDLE)
  const running = useRef<{ key: string; abort: AbortController } | null>(null)

  const cancel = useCallback(() => {
    running.current?.abort.abort()
    running.current = null
    setView((current) =>
      current.phase === 'asking' || current.phase === 'streaming'
        ? { ...current, phase: current.sentences.length > 0 ? 'streaming' : 'idle' }
        : current,
    )
  }, [])

  const clear = useCallback(() => {
    running.current?.abort.abort()
    running.current = null
    setView(IDLE)
  }, [])

  const put = useCallback(async (asked: Asked, again = false) => {
    const key = keyOfAsked(asked)
    if (running.current?.key === key && !again) return
    running.current?.abort.abort()
    const known = keptAnswer(key)
    const abort = new AbortController()
    running.current = { key, abort }
    if (known !== undefined && !again) {
      setView({ phase: 'done', question: asked.question, sentences: known.sentences, answer: known, error: null })
      return
    }
    const isCurrent = () => !abort.signal.aborted
    // The older answer stays, dimmed, until the first word of the newer one: no flicker.
    setView((current) => ({ ...current, phase: 'asking', error: null }))
    try {
      const sentences: AnswerSentence[] = []
      for await (const part of ask(asked, abort.signal)) {
        if (!isCurrent()) return
        if (part.kind === 'sentence') {
          sentences.push(part.sentence)
          setView({
            phase: 'streaming',
            question: asked.question,
            sentences: [...sentences],
            answer: null,
            error: null,
          })
        } else {
          // A model that failed may answer the next time.
          if (part.answer.fallback === null) keepAnswer(key, part.answer)
          setView({
            phase: 'done',
            question: asked.question,
            sentences: part.answer.sentences,
            answer: part.answer,
            error: null,
          })
        }
      }
    } catch (error) {
      if (!isCurrent()) return
      running.current = null
      setView({
        ...IDLE,
        phase: 'failed',
        question: asked.question,
        error: error instanceof Error ? error : new Error(String(error)),
      })
    }
  }, [])

  useEffect(() => () => running.current?.abort.abort(), [])
  return { view, put, cancel, clear }
}
