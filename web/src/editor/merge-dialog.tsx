import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoment } from '../text/days.ts'
import { Modal } from '../ui/modal.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { DraftContent, DraftMerge } from './types.ts'

type Choice = 'mine' | 'theirs' | 'both'

interface MergeDialogProps {
  merge: DraftMerge
  onApply: (content: DraftContent) => void
}

/** Two texts that changed the same places: one chooses for each, and sees the rest merged. Neither is lost meanwhile. */
export function MergeDialog({ merge, onApply }: MergeDialogProps) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  const conflicts = merge.regions.filter((region) => region.kind === 'conflict').length
  const left = conflicts - choices.size
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
            onClick={() => onApply({ ...merge.content, ...(conflicts > 0 ? { body } : {}) })}
          >
            {t('editorial.mergeApply')}
          </button>
        </div>
      </div>
    </Modal>
  )
}
