import { useEffect, useRef, type ReactNode } from 'react'

/** Lets a table wider than the page scroll, with the keyboard too when it has to. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const frame = ref.current
    if (frame === null) return
    const watch = new ResizeObserver(() => {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0
      else frame.removeAttribute('tabindex')
    })
    watch.observe(frame)
    return () => watch.disconnect()
  }, [])
  return (
    <div ref={ref} className="table-wrap" role="group" aria-label={label}>
      {children}
    </div>
  )
}
