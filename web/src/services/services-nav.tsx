import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../shell/use-session.ts'
import { mayWatch, mayWrite } from './service-roles.ts'
import './services.css'

/** The pages about services; operators have the list and the directory of bodies alone. */
export function ServicesNav() {
  const { t } = useTranslation()
  const { role } = useSession()
  return (
    <nav className="section-nav" aria-label={t('services.nav')}>
      <NavLink to="/services" end>
        {t(role === 'agency' ? 'services.mine' : 'services.title')}
      </NavLink>
      {mayWatch(role) ? (
        <NavLink to="/services/deadlines">
          {t(role === 'agency' ? 'services.myDeadlines' : 'services.deadlines')}
        </NavLink>
      ) : null}
      <NavLink to="/agencies">{t('gate.directory')}</NavLink>
      {mayWrite(role) ? <NavLink to="/services/submit">{t('services.submit')}</NavLink> : null}
    </nav>
  )
}
