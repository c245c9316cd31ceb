import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvisionChange } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { DiffText } from '../ui/diff-text.tsx'

const KINDS = {
  added: 'act.provisionAdded',
  removed: 'act.provisionRemoved',
  excluded: 'act.provisionExcluded',
  moved: 'act.provisionMoved',
  changed: 'act.provisionChanged',
} as const

interface ProvisionChangeProps {
  change: ProvisionChange
  /** The name of the element, a link where it can be gone to. */
  label: ReactNode
  /** What else is known of its day. */
  on?: ReactNode
}

/** One changed element: what happened to it, by which act and from when, and its words compared. */
export function ProvisionChangeView({ change, label, on = null }: ProvisionChangeProps) {
  const { t } = useTranslation()
  const { kind, by, movedFrom } = change
  const isReworded = kind === 'moved' && change.parts.some((part) => part.kind !== 'same')
  const isRestated = kind === 'changed' && by?.change === 'restated'
  return (
    <section className="change" data-testid="provision-change">
      <h3>
        {label} <span className={`state state-${kind}`}>{t(isRestated ? 'act.provisionRestated' : KINDS[kind])}</span>{' '}
        {isReworded ? <span className="state state-changed">{t('act.provisionChanged')}</span> : null}
      </h3>
      <p className="change-by">
        {movedFrom === null ? null : <span>{t('act.movedFrom', { label: movedFrom.label })}</span>}
        {by === null ? (
          on
        ) : (
          <span>
            {by.amendedBy}, {t(by.inForceKnown ? 'act.byFrom' : 'act.byNotBefore', { date: formatDay(by.inForce) })}
          </span>
        )}
      </p>
      {kind === 'moved' && !isReworded ? (
        <p className="muted">{t('act.sameWords')}</p>
      ) : (
        <DiffText parts={change.parts} />
      )}
    </section>
  )
}
