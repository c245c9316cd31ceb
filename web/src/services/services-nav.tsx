import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../shell/use-session.ts'
import { mayWatch, mayWrite } from './service-roles.ts'
import './services.css'

/** The pages about services and their terms; operators have the list, the calendar and the directory of bodies. */
export function ServicesNav() {
  const { t } = useTranslation()
  const { role } = useSession()
  const watches = mayWatch(role)
  return (
    <nav className="section-nav" aria-label={t('services.nav')}>
      <NavLink to="/services" end>
        {t(role === 'agency' ? 'services.mine' : 'services.title')}
      </NavLink>
      {watches ? (
        <NavLink to="/services/deadlines">
          {t(role === 'agency' ? 'services.myDeadlines' : 'services.deadlines')}
        </NavLink>
      ) : null}
      {watches ? <NavLink to="/services/submissions">{t('submissions.nav')}</NavLink> : null}
      <NavLink to="/services/calendar">{t('calendar.nav')}</NavLink>
      <NavLink to="/agencies">{t('gate.directory')}</NavLink>
      {mayWrite(role) ? <NavLink to="/services/submit">{t('services.submit')}</NavLink> : null}
    </nav>
  )
}
