import { useEffect, useRef } from 'react'

/** Brings an element to the eye once it is there: the marked quote before all, else the anchor's element. */
export function useScrollTo(eid: string, ready: boolean): void {
  const done = useRef('')
  useEffect(() => {
    if (!ready || eid === '' || done.current === eid) return
    const target = document.getElementById(eid)
    if (target === null) return
    done.current = eid
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const frame = requestAnimationFrame(() => {
      const mark = document.querySelector('.quote-mark')
      ;(mark ?? target).scrollIntoView({ block: mark === null ? 'start' : 'center', behavior: calm ? 'auto' : 'auto' })
      target.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [eid, ready])
}
