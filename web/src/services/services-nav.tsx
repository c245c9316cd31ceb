import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../shell/use-session.ts'
import { mayWatch, mayWrite } from './service-roles.ts'
import './services.css'

/** The pages about services; operators have the list alone. */
export function ServicesNav() {
  const { t } = useTranslation()
  const { role } = useSession()
  if (!mayWatch(role)) return null
  return (
    <nav className="section-nav" aria-label={t('services.nav')}>
      <NavLink to="/services" end>
        {t(role === 'agency' ? 'services.mine' : 'services.title')}
      </NavLink>
      <NavLink to="/services/deadlines">{t(role === 'agency' ? 'services.myDeadlines' : 'services.deadlines')}</NavLink>
      {mayWrite(role) ? <NavLink to="/services/submit">{t('services.submit')}</NavLink> : null}
    </nav>
  )
}
