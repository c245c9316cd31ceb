import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { formatMoment } from '../text/days.ts'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import { GroupHistory } from './group-history.tsx'
import { contentOf, EMPTY_GROUP, linesOf, textOf, titleOf, type GroupText } from './group-text.ts'
import { PreviewPanel } from './preview-panel.tsx'
import type { SynonymHistory, SynonymPreview } from './types.ts'

interface GroupEditorProps {
  /** Null: a new one. */
  group: SynonymHistory | null
  /** A query of the log, to be tried. */
  example: string
  onSaved: (id: string) => void
  /** Told whether there are words here that are not saved. */
  onDirty: (isDirty: boolean) => void
}

const FIELDS = ['same_ru', 'same_kk', 'near_ru', 'near_kk'] as const
const MOST_EXAMPLES = 5
const SHORTEST_REASON = 3

/** Words of a group, what a change of them would do, and saving: nothing is saved that was not looked at. */
export function GroupEditor({ group, example, onSaved, onDirty }: GroupEditorProps) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const id = useId()
  const first = useRef<HTMLTextAreaElement>(null)
  const why = useRef<HTMLInputElement>(null)
  const [text, setText] = useState<GroupText>(group === null ? EMPTY_GROUP : textOf(group.content))
  const [examples, setExamples] = useState(example)
  const [reason, setReason] = useState('')
  const [removing, setRemoving] = useState(false)
  const [seen, setSeen] = useState<{ key: string; preview: SynonymPreview } | null>(null)
  const isNew = group === null
  const isRemoved = group?.origin === 'removed'
  const content = removing ? null : contentOf(text)
  const key = JSON.stringify(content)
  const isSeen = seen?.key === key
  useEffect(() => {
    if (isNew) first.current?.focus()
  }, [isNew])
  const isDirty = JSON.stringify(contentOf(text)) !== JSON.stringify(group?.content ?? contentOf(EMPTY_GROUP))
  useEffect(() => {
    onDirty(isDirty)
    return () => onDirty(false)
  }, [isDirty, onDirty])

  const preview = useMutation({
    mutationFn: async () => ({
      key,
      preview: await read(
        api.synonyms.preview.$post({
          json: { id: group?.id ?? null, content, examples: linesOf(examples).slice(0, MOST_EXAMPLES) },
        }),
      ),
    }),
    onSuccess: (found) => {
      setSeen(found)
      why.current?.focus({ preventScroll: true })
    },
  })
  const after = group?.number ?? 0
  const save = useMutation({
    mutationFn: async (what: 'save' | 'undo') => {
      const change = { reason: reason.trim(), after }
      if (group === null) return read(api.synonyms.$post({ json: { content: contentOf(text), reason: change.reason } }))
      const param = { id: group.id }
      if (what === 'undo') return read(api.synonyms[':id'].undo.$post({ param, json: change }))
      if (content === null) return read(api.synonyms[':id'].remove.$post({ param, json: change }))
      return read(api.synonyms[':id'].$put({ param, json: { ...change, content } }))
    },
    onSuccess: ({ group: saved, applied }) => {
      say(t(applied ? 'synonyms.saved' : 'synonyms.savedLater'))
      void queries.invalidateQueries({ queryKey: ['search'] })
      void queries.invalidateQueries({ queryKey: ['synonyms', 'list'] })
      queries.setQueryData(['synonyms', 'group', saved.id], saved)
      onDirty(false)
      onSaved(saved.id)
    },
  })
  const isReasoned = reason.trim().length >= SHORTEST_REASON
  const maySave = isSeen && isReasoned && !save.isPending
  const set = (name: keyof GroupText, value: string) => setText((now) => ({ ...now, [name]: value }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    if (event.key === 'Enter' && !preview.isPending) {
      event.preventDefault()
      preview.mutate()
    } else if (event.code === 'KeyS') {
      event.preventDefault()
      if (maySave) save.mutate('save')
    }
  }
  const error = save.error ?? preview.error
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the fields inside, wherever the focus is
    <div className="synonym-editor" onKeyDown={onKeyDown} data-testid="synonym-editor">
      <div className="task-head">
        <h2>
          {group === null ? (
            t('synonyms.new')
          ) : (
            <>
              {titleOf(group)} <code>{group.id}</code>
            </>
          )}
        </h2>
        {group === null ? null : (
          <span className={`state synonym-${group.origin}`}>{t(`synonyms.state_${group.origin}`)}</span>
        )}
      </div>
      {group?.changed == null ? null : (
        <p className="muted">
          {t('synonyms.lastChange', {
            by: group.changed.by,
            at: formatMoment(group.changed.at),
            reason: group.changed.reason,
          })}
        </p>
      )}
      <p className="muted">{t('synonyms.perLine')}</p>
      <div className="synonym-fields">
        {FIELDS.map((name, at) => (
          <div key={name} className="form-field">
            <label htmlFor={`${id}-${name}`}>{t(`synonyms.${name}`)}</label>
            <textarea
              id={`${id}-${name}`}
              ref={at === 0 ? first : undefined}
              rows={name.startsWith('same') ? 9 : 4}
              lang={name.endsWith('ru') ? 'ru' : 'kk'}
              disabled={removing}
              value={text[name]}
              onChange={(event) => set(name, event.target.value)}
            />
          </div>
        ))}
        <div className="form-field">
          <label htmlFor={`${id}-examples`}>{t('synonyms.examples')}</label>
          <textarea
            id={`${id}-examples`}
            rows={3}
            aria-describedby={`${id}-examples-hint`}
            value={examples}
            onChange={(event) => setExamples(event.target.value)}
          />
          <p id={`${id}-examples-hint`} className="muted">
            {t('synonyms.examplesHint')}
          </p>
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-weight`}>{t('synonyms.weight')}</label>
          <input
            id={`${id}-weight`}
            type="text"
            inputMode="decimal"
            disabled={removing}
            aria-describedby={`${id}-weight-hint`}
            value={text.weight}
            onChange={(event) => set('weight', event.target.value)}
          />
          <p id={`${id}-weight-hint`} className="muted">
            {t('synonyms.weightHint')}
          </p>
        </div>
      </div>
      {removing ? (
        <p className="notice notice-warn" role="status">
          {t('synonyms.removing')}{' '}
          <button type="button" className="link-button" onClick={() => setRemoving(false)}>
            {t('synonyms.keep')}
          </button>
        </p>
      ) : null}
      <div className="synonym-actions">
        <button
          type="button"
          className={isSeen ? 'button' : 'button button-primary'}
          disabled={preview.isPending}
          onClick={() => preview.mutate()}
        >
          {t('synonyms.preview')} <Kbd>Ctrl Enter</Kbd>
        </button>
        {group === null || removing || isRemoved ? null : (
          <button type="button" className="button" onClick={() => setRemoving(true)}>
            {t('synonyms.remove')}
          </button>
        )}
        <span role="status" className="muted">
          {preview.isPending ? t('synonyms.previewing') : ''}
        </span>
      </div>
      {error === null ? null : <ProblemNotice error={error} />}
      {seen === null ? null : (
        <div data-stale={!isSeen} className="synonym-seen">
          <PreviewPanel preview={seen.preview} />
        </div>
      )}
      <div className="synonym-save">
        <div className="form-field">
          <label htmlFor={`${id}-reason`}>{t('synonyms.reason')}</label>
          <input
            id={`${id}-reason`}
            ref={why}
            type="text"
            maxLength={500}
            aria-describedby={`${id}-reason-hint`}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <p id={`${id}-reason-hint`} className="muted">
            {isSeen ? t('synonyms.reasonHint') : t('synonyms.firstPreview')}
          </p>
        </div>
        <div className="synonym-actions">
          <button
            type="button"
            className="button button-primary"
            disabled={!maySave}
            onClick={() => save.mutate('save')}
          >
            {t(removing ? 'synonyms.remove' : isRemoved ? 'synonyms.restore' : 'synonyms.save')} <Kbd>Ctrl S</Kbd>
          </button>
          {after === 0 ? null : (
            <button
              type="button"
              className="button"
              disabled={!isReasoned || save.isPending}
              onClick={() => save.mutate('undo')}
            >
              {t('synonyms.undo')}
            </button>
          )}
        </div>
      </div>
      {group === null ? null : (
        <GroupHistory
          group={group}
          onTakeFile={() => {
            if (group.file !== null) setText(textOf(group.file))
            first.current?.focus()
          }}
        />
      )}
    </div>
  )
}
