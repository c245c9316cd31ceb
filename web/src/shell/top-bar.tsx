import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { sessionQuery } from '../api/queries.ts'
import { signOut } from '../api/sign-in.ts'
import type { Session } from '../api/types.ts'
import { seesDesk } from '../desk/desk-roles.ts'
import { forgetAnswers } from '../search/kept-answers.ts'
import { Kbd } from '../ui/kbd.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { isIn, SECTIONS, type SectionName } from './sections.ts'
import { ThemeSwitch } from './theme-switch.tsx'

interface TopBarProps {
  session: Session
  onShortcuts: () => void
}

/** A section of the workspace, marked on all of its pages. */
function Section({ name, children }: { name: SectionName; children: ReactNode }) {
  const { pathname } = useLocation()
  const isHere = isIn(name, pathname)
  return (
    <Link to={SECTIONS[name][0]} className={isHere ? 'active' : undefined} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}

export function TopBar({ session, onShortcuts }: TopBarProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [changing, setChanging] = useState(false)

  const leave = async () => {
    await signOut()
    queries.clear()
    forgetAnswers()
    queries.setQueryData(sessionQuery.queryKey, null)
    await navigate('/sign-in')
  }

  return (
    <header className="top-bar">
      <Link to="/" className="wordmark" aria-label={`Bilim · Білім — ${t('nav.search')}`}>
        Bilim
      </Link>
      <nav className="top-nav" aria-label={t('nav.label')}>
        <Section name="search">{t('nav.search')}</Section>
        {seesDesk(session.role) ? <Section name="desk">{t('desk.nav')}</Section> : null}
        <Section name="articles">{t('nav.articles')}</Section>
        <Section name="acts">{t('nav.acts')}</Section>
        {session.role === 'editor' || session.role === 'supervisor' || session.role === 'admin' ? (
          <Section name="editorial">{t('editorial.nav')}</Section>
        ) : null}
        <Section name="services">{t(session.role === 'agency' ? 'services.mine' : 'services.title')}</Section>
        {session.role === 'admin' ? <Section name="admin">{t('nav.admin')}</Section> : null}
      </nav>
      <div className="top-tools">
        <button
          type="button"
          className="top-shortcuts"
          onClick={onShortcuts}
          aria-label={t('nav.shortcuts')}
          title={t('nav.shortcuts')}
        >
          <Kbd>?</Kbd>
        </button>
        <ThemeSwitch />
        <LanguageSwitch />
        <div className="account" aria-label={t('nav.account')} role="group">
          <button
            type="button"
            className="account-name link-button"
            title={`${session.name}, ${t(`role.${session.role}`)}: ${t('password.title').toLowerCase()}`}
            aria-label={`${session.name}: ${t('password.title').toLowerCase()}`}
            onClick={() => setChanging(true)}
          >
            {session.name}
          </button>
          <button type="button" className="link-button" onClick={() => void leave()}>
            {t('nav.signOut')}
          </button>
        </div>
      </div>
      {changing ? <PasswordDialog onClose={() => setChanging(false)} /> : null}
    </header>
  )
}
