import { useQuery } from '@tanstack/react-query'
import { Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router'
import { sessionQuery } from '../api/queries.ts'
import { isKey, isQuestionMark, isSlash, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { TopBar } from './top-bar.tsx'

const CHORD_MS = 1_000

/** Keys that work on every page. */
function useGlobalKeys(openShortcuts: () => void) {
  const navigate = useNavigate()
  const chordUntil = useRef(0)
  useHotkeys((event) => {
    if (isTyping(event)) return
    const inChord = event.timeStamp < chordUntil.current
    chordUntil.current = 0
    if (isKey(event, 'KeyG')) chordUntil.current = event.timeStamp + CHORD_MS
    else if (inChord && isKey(event, 'KeyH')) void navigate('/')
    else if (inChord && isKey(event, 'KeyA')) void navigate('/acts')
    else if (inChord && isKey(event, 'KeyQ')) void navigate('/inquiries')
    else if (inChord && isKey(event, 'KeyL')) void navigate('/calls')
    else if (isQuestionMark(event)) openShortcuts()
    else if (isSlash(event)) {
      event.preventDefault()
      const field = document.querySelector<HTMLInputElement>('input[type="search"]')
      if (field === null) void navigate('/')
      else {
        field.focus()
        field.select()
      }
    }
  })
}

/** What stands around every page of somebody signed in. */
export function AppShell() {
  const { t } = useTranslation()
  const location = useLocation()
  const session = useQuery(sessionQuery)
  const [shortcuts, setShortcuts] = useState(false)
  const [wasSignedIn, setWasSignedIn] = useState(false)
  useGlobalKeys(() => setShortcuts(true))
  if (session.data != null && !wasSignedIn) setWasSignedIn(true)

  if (session.data === null) {
    const from = `${location.pathname}${location.search}${location.hash}`
    const params = new URLSearchParams({
      ...(from === '/' ? {} : { from }),
      ...(wasSignedIn ? { expired: '1' } : {}),
    })
    return <Navigate to={`/sign-in${params.size === 0 ? '' : `?${params}`}`} replace />
  }
  if (session.data === undefined)
    return (
      <main className="page page-narrow">
        {session.error === null ? (
          <Skeleton rows={3} kind="text" />
        ) : (
          <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
        )}
        <ConnectionBanner />
      </main>
    )
  return (
    <>
      <a className="skip-link" href="#main">
        {t('common.skip')}
      </a>
      <TopBar session={session.data} onShortcuts={() => setShortcuts(true)} />
      <ConnectionBanner />
      <main id="main" tabIndex={-1}>
        <Suspense
          fallback={
            <div className="page">
              <Skeleton rows={4} kind="text" />
            </div>
          }
        >
          <Outlet context={session.data} />
        </Suspense>
      </main>
      {shortcuts ? <ShortcutsDialog onClose={() => setShortcuts(false)} /> : null}
      <ScrollRestoration />
    </>
  )
}
