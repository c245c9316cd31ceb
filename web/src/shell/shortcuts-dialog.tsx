import { useTranslation } from 'react-i18next'
import { Kbd } from '../ui/kbd.tsx'
import { Modal } from '../ui/modal.tsx'

const ROWS = [
  { keys: ['/'], says: 'focus' },
  { keys: ['↓', '↑'], says: 'move' },
  { keys: ['Enter'], says: 'open' },
  { keys: ['o'], says: 'openFirst' },
  { keys: ['1', '2', '3', 'Alt 1…3'], says: 'openNth' },
  { keys: ['p'], says: 'passport' },
  { keys: ['l'], says: 'otherLanguage' },
  { keys: ['→', '←'], says: 'group' },
  { keys: ['c'], says: 'copy' },
  { keys: ['Alt U', 'u'], says: 'undo' },
  { keys: ['r', 'w', 'i', 'n'], says: 'judge' },
  { keys: ['d'], says: 'draft' },
  { keys: ['t'], says: 'take' },
  { keys: ['n'], says: 'notes' },
  { keys: ['Esc'], says: 'escape' },
  { keys: ['g', 'h'], chord: true, says: 'home' },
  { keys: ['g', 'a'], chord: true, says: 'acts' },
  { keys: ['g', 'q'], chord: true, says: 'inquiries' },
  { keys: ['g', 'l'], chord: true, says: 'calls' },
  { keys: ['?'], says: 'help' },
] as const

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal title={t('keys.title')} onClose={onClose}>
      <dl className="shortcuts">
        {ROWS.map((row) => (
          <div key={row.says} className="shortcut">
            <dt>
              {row.keys.map((key, index) => (
                <span key={key}>
                  {'chord' in row && index > 0 ? <span className="visually-hidden"> {t('keys.andThen')} </span> : null}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dt>
            <dd>{t(`keys.${row.says}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="modal-note">{t('keys.note')}</p>
    </Modal>
  )
}
