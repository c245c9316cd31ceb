import { useTranslation } from 'react-i18next'
import { formatMoment } from '../text/days.ts'
import { wordsOf } from './group-text.ts'
import type { SynonymHistory } from './types.ts'

/** Everything that was said of a group, and what the files say. */
export function GroupHistory({ group, onTakeFile }: { group: SynonymHistory; onTakeFile: () => void }) {
  const { t } = useTranslation()
  if (group.edits.length === 0) return null
  return (
    <details className="synonym-history">
      <summary>
        {t('synonyms.history')} ({group.edits.length})
      </summary>
      <ul className="tasks">
        {group.edits.map((edit) => (
          <li key={edit.number} className="task">
            <p>
              {t(`synonyms.kind_${edit.kind}`)} ·{' '}
              {t('synonyms.lastChange', { by: edit.by, at: formatMoment(edit.at), reason: edit.reason })}
            </p>
            {edit.kind === 'set' && edit.content !== null ? <p className="muted">{wordsOf(edit.content)}</p> : null}
          </li>
        ))}
      </ul>
      {group.file === null ? null : (
        <p className="muted">
          {t('synonyms.fileSays', { terms: wordsOf(group.file) })}{' '}
          {group.edits[0]?.kind === 'file' ? null : (
            <button type="button" className="link-button" onClick={onTakeFile}>
              {t('synonyms.takeFile')}
            </button>
          )}
        </p>
      )}
    </details>
  )
}
