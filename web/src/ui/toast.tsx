import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react'

const ToastContext = createContext<(text: string) => void>(() => undefined)

/** Says a short thing once, to eyes and to screen readers. */
export const useToast = () => use(ToastContext)

export function ToastProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('')
  const timer = useRef<number>(0)
  const say = useCallback((next: string) => {
    setText(next)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setText(''), 2400)
  }, [])
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return (
    <ToastContext value={say}>
      {children}
      <div className="toast" role="status" aria-live="polite" data-shown={text !== ''}>
        {text}
      </div>
    </ToastContext>
  )
}
