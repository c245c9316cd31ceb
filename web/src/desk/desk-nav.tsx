import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../shell/use-session.ts'
import { worksAtDesk } from './desk-roles.ts'
import '../services/services.css'
import './desk.css'

/** Letters and calls. */
export function DeskNav() {
  const { t } = useTranslation()
  const { role } = useSession()
  if (!worksAtDesk(role)) return null
  return (
    <nav className="section-nav" aria-label={t('desk.nav')}>
      <NavLink to="/inquiries">{t('desk.nav')}</NavLink>
      <NavLink to="/incoming-mail">{t('desk.mail')}</NavLink>
      <NavLink to="/calls">{t('desk.calls')}</NavLink>
    </nav>
  )
}
