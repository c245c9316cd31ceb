import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePageTitle } from '../ui/use-page-title.ts'

export function NotFoundPage() {
  const { t } = useTranslation()
  usePageTitle(t('problem.notFound'))
  return (
    <div className="page page-narrow">
      <h1>{t('problem.notFound')}</h1>
      <p>{t('problem.notFoundHelp')}</p>
      <p>
        <Link to="/">{t('article.back')}</Link>
      </p>
    </div>
  )
}
