import type { DraftContent } from './types.ts'

/** A text that has not reached the server, as this browser keeps it. */
export interface LocalCopy {
  /** The revision it was written over. */
  revision: number
  content: DraftContent
  at: string
}

/** A person's own: workplaces are shared. */
const keyOf = (userId: string, draftId: string) => `bilim.draft.${userId}.${draftId}`

const isText = (value: unknown): value is string => typeof value === 'string'

function isCopy(value: unknown): value is LocalCopy {
  if (typeof value !== 'object' || value === null) return false
  const { revision, content, at } = value as Partial<LocalCopy>
  return (
    typeof revision === 'number' &&
    isText(at) &&
    typeof content === 'object' &&
    isText(content.body) &&
    isText(content.title)
  )
}

export function readLocalCopy(userId: string, draftId: string): LocalCopy | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(userId, draftId)) ?? 'null')
    return isCopy(value) ? value : null
  } catch {
    return null
  }
}

/** Returns whether the browser took it: it may be full, or forbid storage. */
export function keepLocalCopy(userId: string, draftId: string, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(keyOf(userId, draftId), JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

export const dropLocalCopy = (userId: string, draftId: string): void => localStorage.removeItem(keyOf(userId, draftId))
