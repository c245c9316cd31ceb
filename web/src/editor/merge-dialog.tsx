import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actListQuery } from '../api/queries.ts'
import { serviceNameQuery } from '../services/queries.ts'
import { useAgencyName } from '../services/use-agency-name.ts'
import { formatDay, formatMoment } from '../text/days.ts'
import { Modal } from '../ui/modal.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { DraftContent, DraftMerge } from './types.ts'

type Choice = 'mine' | 'theirs' | 'both'
type Field = DraftMerge['fields'][number]['field']

const FIELD_NAMES = {
  slug: 'editorial.fieldSlug',
  title: 'editorial.fieldTitle',
  actId: 'editorial.fieldAct',
  validFrom: 'editorial.fieldValidFrom',
  validTo: 'editorial.fieldValidTo',
  reviewBy: 'editorial.fieldReviewBy',
  agencyId: 'editorial.fieldAgency',
  serviceId: 'editorial.fieldService',
} as const satisfies Record<Field, string>
const DAYS: ReadonlySet<Field> = new Set(['validFrom', 'validTo', 'reviewBy'])

interface MergeDialogProps {
  merge: DraftMerge
  onApply: (content: DraftContent) => void
}

/** Two texts that changed the same places or fields: one chooses for each, and sees the rest merged. Neither is lost meanwhile. */
export function MergeDialog({ merge, onApply }: MergeDialogProps) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  const conflicts = merge.regions.filter((region) => region.kind === 'conflict').length
  const [taken, setTaken] = useState<ReadonlyMap<Field, 'mine' | 'theirs'>>(new Map())
  const acts = useQuery(actListQuery)
  const agencyName = useAgencyName()
  const services = merge.fields.find(({ field }) => field === 'serviceId')
  const myService = useQuery(serviceNameQuery(services?.mine ?? null)).data
  const theirService = useQuery(serviceNameQuery(services?.theirs ?? null)).data
  const left = conflicts - choices.size + merge.fields.length - taken.size
  const said = (field: Field, value: string | null): string => {
    if (value === null) return ''
    if (field === 'agencyId') return agencyName(value)
    if (field === 'serviceId') return [myService, theirService].find((one) => one?.id === value)?.name ?? value
    const act = field === 'actId' ? acts.data?.items.find((one) => one.actId === value) : undefined
    return DAYS.has(field) ? formatDay(value) : (act?.annexTitle ?? act?.title ?? value)
  }
  const body = merge.regions
    .map((region, index) => {
      if (region.kind !== 'conflict') return region.text
      const choice = choices.get(index)
      if (choice === 'both') return `${region.mine}\n${region.theirs}`
      return choice === undefined ? '' : region[choice]
    })
    .join('')
  const side = (label: string, text: string) => (
    <figure className="merge-side">
      <figcaption>{label}</figcaption>
      <pre>{text.trim() === '' ? t('editorial.emptyText') : text}</pre>
    </figure>
  )
  return (
    // Closing without a choice would leave two texts apart: there is nothing to cancel.
    <Modal title={t('editorial.mergeTitle')} onClose={() => undefined}>
      <div className="merge" data-testid="merge">
        <p>{t('editorial.mergeIntro', { name: merge.theirs.by.name, when: formatMoment(merge.theirs.at) })}</p>
        {merge.fields.map(({ field, mine, theirs }) => (
          <div key={field} className="merge-conflict" data-field={field}>
            <p>
              <strong>{t(FIELD_NAMES[field])}</strong>
            </p>
            {side(t('editorial.mineText'), said(field, mine))}
            {side(t('editorial.theirsText', { name: merge.theirs.by.name }), said(field, theirs))}
            <Segmented<'mine' | 'theirs' | ''>
              label={t(FIELD_NAMES[field])}
              value={taken.get(field) ?? ''}
              onChange={(choice) => {
                if (choice !== '') setTaken(new Map(taken).set(field, choice))
              }}
              options={[
                { value: 'mine', label: t('editorial.takeMine') },
                { value: 'theirs', label: t('editorial.takeTheirs') },
              ]}
            />
          </div>
        ))}
        {merge.regions.map((region, index) => {
          if (region.kind !== 'conflict') {
            const lines = region.text.split('\n').length - 1
            return region.kind === 'same' ? (
              <p key={index} className="muted">
                … {t('editorial.unchanged', { count: lines })} …
              </p>
            ) : (
              <pre key={index} className="merge-taken">
                {region.text}
              </pre>
            )
          }
          return (
            <div key={index} className="merge-conflict">
              {side(t('editorial.mineText'), region.mine)}
              {side(t('editorial.theirsText', { name: merge.theirs.by.name }), region.theirs)}
              <Segmented<Choice | ''>
                label={t('editorial.mergeTitle')}
                value={choices.get(index) ?? ''}
                onChange={(choice) => {
                  if (choice !== '') setChoices(new Map(choices).set(index, choice))
                }}
                options={[
                  { value: 'mine', label: t('editorial.takeMine') },
                  { value: 'theirs', label: t('editorial.takeTheirs') },
                  { value: 'both', label: t('editorial.takeBoth') },
                ]}
              />
            </div>
          )
        })}
        <div className="modal-actions">
          {left > 0 ? <span className="muted">{t('editorial.mergeLeft', { count: left })}</span> : null}
          <button
            type="button"
            className="button button-primary"
            disabled={left > 0}
            onClick={() =>
              onApply({
                ...merge.content,
                ...(conflicts > 0 ? { body } : {}),
                ...Object.fromEntries(
                  merge.fields.map((conflict) => [conflict.field, conflict[taken.get(conflict.field) ?? 'mine']]),
                ),
              })
            }
          >
            {t('editorial.mergeApply')}
          </button>
        </div>
      </div>
    </Modal>
  )
}
