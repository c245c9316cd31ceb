import { useTranslation } from 'react-i18next'

interface SkeletonProps {
  rows: number
  kind: 'hit' | 'text' | 'line'
}

/** Holds the place of what is loading, in its size, so that nothing jumps. */
export function Skeleton({ rows, kind }: SkeletonProps) {
  const { t } = useTranslation()
  return (
    <div className={`skeleton skeleton-${kind}`} role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-row" aria-hidden="true">
          <span className="skeleton-bar skeleton-bar-short" />
          <span className="skeleton-bar" />
          <span className="skeleton-bar skeleton-bar-long" />
        </div>
      ))}
    </div>
  )
}
