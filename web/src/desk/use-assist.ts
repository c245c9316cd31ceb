import { useEffect, useState } from 'react'
import { takeEvents } from '../api/ask.ts'
import { ApiError } from '../api/api-error.ts'
import { fetchApi } from '../api/fetch-api.ts'
import type { Answer, AnswerSentence, SearchResult } from '../api/types.ts'
import type { Segment } from './types.ts'

export interface Assist {
  state: 'live' | 'ended'
  segments: readonly Segment[]
  passages: { query: string; result: SearchResult; tookMs: number } | null
  /** The question that is being answered, or was last. */
  question: string | null
  sentences: readonly AnswerSentence[]
  answer: Answer | null
  /** The question could not be answered: the server says why in its log. */
  hasFailed: boolean
  isLost: boolean
  isForgotten: boolean
}

const NOTHING: Assist = {
  state: 'live',
  segments: [],
  passages: null,
  question: null,
  sentences: [],
  answer: null,
  hasFailed: false,
  isLost: false,
  isForgotten: false,
}
const AGAIN_MS = 1500

type Told =
  | { name: 'transcript'; data: { state: 'live' | 'ended'; segments: Segment[] } }
  | { name: 'passages'; data: { query: string; result: SearchResult; tookMs: number } }
  | { name: 'asking'; data: { question: string } }
  | { name: 'sentence'; data: { sentence: AnswerSentence } }
  | { name: 'answer'; data: { question: string; answer: Answer } }
  | { name: 'failed'; data: { question: string } }
  | { name: 'end'; data: { why: string } }

function merged(old: readonly Segment[], news: readonly Segment[]): Segment[] {
  const byId = new Map([...old, ...news].map((one) => [one.id, one]))
  return [...byId.values()].sort((a, b) => a.order - b.order || a.id.localeCompare(b.id))
}

function after(now: Assist, { name, data }: Told): Assist {
  switch (name) {
    case 'transcript':
      return { ...now, isLost: false, state: data.state, segments: merged(now.segments, data.segments) }
    case 'passages':
      return { ...now, passages: data }
    case 'asking':
      return { ...now, question: data.question, sentences: [], answer: null, hasFailed: false }
    case 'sentence':
      return { ...now, sentences: [...now.sentences, data.sentence] }
    case 'answer':
      return { ...now, question: data.question, sentences: data.answer.sentences, answer: data.answer }
    case 'failed':
      return { ...now, question: data.question, sentences: [], answer: null, hasFailed: true }
    case 'end':
      return { ...now, isForgotten: data.why === 'forgotten' }
    default:
      return now
  }
}

/** Suggestions for a call, as they come; a broken connection is made again. */
export function useAssist(callId: string): Assist {
  const [assist, setAssist] = useState<Assist>(NOTHING)
  useEffect(() => {
    const left = new AbortController()
    let isOver = false
    const listen = async (): Promise<void> => {
      const response = await fetchApi(`/api/v1/calls/${encodeURIComponent(callId)}/assist`, {
        headers: { accept: 'text/event-stream' },
        signal: left.signal,
      })
      const reader = response.body?.getReader()
      if (reader === undefined) return
      const decoder = new TextDecoder()
      let buffer = ''
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        buffer += decoder.decode(value, { stream: true })
        const { events, rest } = takeEvents(buffer)
        buffer = rest
        for (const { name, data } of events)
          if (name === 'end') isOver = (JSON.parse(data) as { why: string }).why === 'forgotten'
        for (const { name, data } of events)
          if (name !== 'ping') setAssist((now) => after(now, { name, data: JSON.parse(data) } as Told))
      }
    }
    const keepListening = async (): Promise<void> => {
      while (!left.signal.aborted && !isOver) {
        try {
          await listen()
        } catch (error) {
          // Not allowed, or gone: asking again will not help.
          if (error instanceof ApiError && error.status < 500 && error.status !== 429) return
          if (!left.signal.aborted) setAssist((now) => ({ ...now, isLost: true }))
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
    void keepListening()
    return () => left.abort()
  }, [callId])
  return assist
}
