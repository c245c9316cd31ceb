import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../shell/use-session.ts'

/** The editors' pages: their desk, what people looked for and did not find, questions with their points, known gaps, and synonyms. */
export function EditorialNav() {
  const { t } = useTranslation()
  const { role } = useSession()
  return (
    <nav className="section-nav" aria-label={t('editorial.title')}>
      <NavLink to="/editorial">{t('editorial.nav')}</NavLink>
      <NavLink to="/query-log">{t('queryLog.title')}</NavLink>
      <NavLink to="/sample-questions">{t('questions.title')}</NavLink>
      <NavLink to="/known-gaps">{t('gaps.title')}</NavLink>
      {role === 'editor' || role === 'admin' ? <NavLink to="/synonyms">{t('synonyms.title')}</NavLink> : null}
    </nav>
  )
}
