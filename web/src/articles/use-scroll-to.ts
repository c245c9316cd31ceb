import { useEffect } from 'react'
import { useLocation } from 'react-router'

/** Whether an element can be read without scrolling. */
function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 64 && bottom <= window.innerHeight - 24
}

/** Brings an element to the eye once it is there, at every navigation to it: the quote marked in it, or its beginning. */
export function useScrollTo(eid: string, ready: boolean): void {
  const { key } = useLocation()
  useEffect(() => {
    if (!ready || eid === '' || key === '') return
    const frame = requestAnimationFrame(() => {
      const target = document.getElementById(eid)
      if (target === null) return
      const mark = target.querySelector('.quote-mark')
      if (!inView(mark ?? target)) (mark ?? target).scrollIntoView({ block: mark === null ? 'start' : 'center' })
      target.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [eid, ready, key])
}
