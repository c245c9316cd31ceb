import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { WordsDialog } from './words-dialog.tsx'

export interface AnnulledRecord {
  kind: 'training' | 'protocol'
  recordId: string
}

/** Says that a training or a protocol was recorded by mistake, and why. */
export function AnnulDialog({
  serviceId,
  record,
  onClose,
}: {
  serviceId: string
  record: AnnulledRecord
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <WordsDialog
      title={t(record.kind === 'training' ? 'gate.annulTraining' : 'gate.annulProtocol')}
      submit={t('gate.annul')}
      label={t('gate.reason')}
      said={t('gate.annulled')}
      maxLength={500}
      rows={2}
      run={(reason) =>
        read(api.services[':id'].annulments.$post({ param: { id: serviceId }, json: { ...record, reason } }))
      }
      onClose={onClose}
      intro={
        <>
          <p>{t('gate.annulText')}</p>
          {record.kind === 'protocol' ? <p>{t('gate.annulCloses')}</p> : null}
        </>
      }
    />
  )
}
