import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { useSession } from '../shell/use-session.ts'
import { PROTECTIONS, ProtectionField, type Protection } from './protection-field.tsx'
import { mayWrite } from './service-roles.ts'
import type { Service } from './types.ts'
import { WordsDialog } from './words-dialog.tsx'

type Information = NonNullable<Service['details']>['information'][number]

function TellDialog({ serviceId, onClose }: { serviceId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [protection, setProtection] = useState<Protection>('none')
  return (
    <WordsDialog
      title={t('gate.tellTitle')}
      submit={t('gate.tellRun')}
      label={t('gate.tellText')}
      said={t('gate.told')}
      least={1}
      maxLength={20_000}
      rows={6}
      run={(text) =>
        read(api.services[':id'].information.$post({ param: { id: serviceId }, json: { text, protection } }))
      }
      onClose={onClose}
    >
      <ProtectionField value={protection} options={PROTECTIONS} onChange={setProtection} />
    </WordsDialog>
  )
}

function MarkDialog({ serviceId, one, onClose }: { serviceId: string; one: Information; onClose: () => void }) {
  const { t } = useTranslation()
  const marks = [...PROTECTIONS.filter((protection) => protection !== one.protection), 'withdraw' as const]
  const [mark, setMark] = useState(marks[0] ?? 'withdraw')
  return (
    <WordsDialog
      title={t('gate.markTitle')}
      submit={t('gate.markRun')}
      label={t('gate.reason')}
      said={t('gate.marked')}
      maxLength={500}
      rows={2}
      run={(reason) =>
        read(
          api.services[':id'].information[':informationId'].mark.$post({
            param: { id: serviceId, informationId: one.id },
            json: { protection: mark === 'withdraw' ? null : mark, reason },
          }),
        )
      }
      onClose={onClose}
      intro={
        <>
          <p className="muted">{one.text}</p>
          <ProtectionField value={mark} options={marks} onChange={setMark} />
        </>
      }
    />
  )
}

/** What an agency tells of a service beside Appendix 1, with its mark of protection (п. 24, 25). */
export function InformationList({
  serviceId,
  information,
}: {
  serviceId: string
  information: readonly Information[]
}) {
  const { t } = useTranslation()
  const { role } = useSession()
  const [dialog, setDialog] = useState<'tell' | Information | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <ul className="plain-list" data-testid="information">
        {information.map((one) => (
          <li key={one.id}>
            {one.protection === 'none' ? null : (
              <span className="state state-changed">{t(`gate.protection_${one.protection}`)}</span>
            )}{' '}
            {one.text}{' '}
            {mayWrite(role) ? (
              <button type="button" className="link-button" onClick={() => setDialog(one)}>
                {t('gate.mark')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite(role) ? (
        <button type="button" className="button button-small" onClick={() => setDialog('tell')}>
          {t('gate.tell')}
        </button>
      ) : null}
      {dialog === 'tell' ? <TellDialog serviceId={serviceId} onClose={close} /> : null}
      {dialog === null || dialog === 'tell' ? null : <MarkDialog serviceId={serviceId} one={dialog} onClose={close} />}
    </>
  )
}
