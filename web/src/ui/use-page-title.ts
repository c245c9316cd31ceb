import { useEffect } from 'react'

export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined || title === '' ? 'Bilim · Білім' : `${title} — Bilim`
  }, [title])
}
