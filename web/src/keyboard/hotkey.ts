import { useEffect, useRef } from 'react'

/** Whether the event comes from where letters are typed. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}

const plain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey

/** A key by its place on the keyboard: works in the Russian and the Kazakh layout as well. */
export const isKey = (event: KeyboardEvent, code: string): boolean =>
  plain(event) && !event.shiftKey && event.code === code

/** The same with Alt held: also where letters are typed. */
export const isAltKey = (event: KeyboardEvent, code: string): boolean =>
  event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === code

/** `/` wherever the layout has it, and the key that bears it in the Latin layout. */
export const isSlash = (event: KeyboardEvent): boolean =>
  plain(event) && (event.key === '/' || (event.code === 'Slash' && !event.shiftKey))

export const isQuestionMark = (event: KeyboardEvent): boolean =>
  plain(event) && (event.key === '?' || (event.code === 'Slash' && event.shiftKey))

const digit = (event: KeyboardEvent): number | null => {
  const match = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  return match?.[1] === undefined ? null : Number(match[1])
}

/** The digit of Alt+1…9 anywhere, or of a plain 1…9 outside of fields. */
export function digitOf(event: KeyboardEvent): number | null {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return null
  return event.altKey || !isTyping(event) ? digit(event) : null
}

/** Listens to the whole window while mounted; a dialog that is open keeps keys to itself. */
export function useHotkeys(handle: (event: KeyboardEvent) => void): void {
  const latest = useRef(handle)
  useEffect(() => {
    latest.current = handle
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return
      latest.current(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
