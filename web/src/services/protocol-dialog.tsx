import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { todayInAlmaty } from '../text/days.ts'
import { useToast } from '../ui/toast.tsx'
import { DayField } from './day-field.tsx'
import { DialogForm } from './dialog-form.tsx'
import { FileDrop } from './file-drop.tsx'
import { refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'

const MOST = 8 * 1024 * 1024
const TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const
/** Bytes at a time: a call takes only so many arguments. */
const PART = 0x8000

/** A file in base 64, as the route takes it. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let from = 0; from < bytes.length; from += PART)
    text += String.fromCodePoint(...bytes.subarray(from, from + PART))
  return btoa(text)
}

type Side = 'centreName' | 'centrePost' | 'agencyName' | 'agencyPost'

/** Records the protocol that both sides have signed, with its file (п. 22). */
export function ProtocolDialog({
  serviceId,
  trainedOn,
  onClose,
}: {
  serviceId: string
  trainedOn: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const [signedOn, setSignedOn] = useState(todayInAlmaty)
  const [number, setNumber] = useState('')
  const [sides, setSides] = useState<Record<Side, string>>({
    centreName: '',
    centrePost: '',
    agencyName: '',
    agencyPost: '',
  })
  const [file, setFile] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: async (given: File) =>
      read(
        api.services[':id'].protocol.$post({
          param: { id: serviceId },
          json: {
            number: number.trim() === '' ? null : number.trim(),
            signedOn,
            centreSignatory: { name: sides.centreName.trim(), post: sides.centrePost.trim() },
            agencySignatory: { name: sides.agencyName.trim(), post: sides.agencyPost.trim() },
            file: {
              name: given.name.slice(-200),
              type: TYPES.find((type) => type === given.type) ?? 'application/octet-stream',
              content: await base64Of(given),
            },
          },
        }),
      ),
    onSuccess: async () => {
      await refreshServices(queries)
      say(t('services.protocolDone'))
      onClose()
    },
  })
  const dayError =
    signedOn > todayInAlmaty() ? t('services.dayAhead') : signedOn < trainedOn ? t('services.beforeTraining') : null
  const isSame = sides.centreName.trim() !== '' && sides.centreName.trim() === sides.agencyName.trim()
  const fileError =
    file === null
      ? tried
        ? t('services.needFile')
        : null
      : file.size === 0
        ? t('services.emptyFile')
        : file.size > MOST
          ? t('services.largeFile', { limit: '8' })
          : null
  const side = (key: Side, label: string, maxLength: number) => (
    <TextField
      label={label}
      value={sides[key]}
      onChange={(value) => setSides((now) => ({ ...now, [key]: value }))}
      maxLength={maxLength}
      error={
        tried && sides[key].trim() === ''
          ? t('services.fillIn')
          : key === 'agencyName' && isSame
            ? t('services.samePerson')
            : null
      }
    />
  )
  return (
    <DialogForm
      title={t('services.protocolTitle')}
      submit={t('services.record')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        const isComplete = Object.values(sides).every((text) => text.trim() !== '')
        if (isComplete && !isSame && dayError === null && file !== null && file.size > 0 && file.size <= MOST)
          run.mutate(file)
      }}
    >
      <div className="form-pair">
        <DayField label={t('services.signedOn')} value={signedOn} onChange={setSignedOn} error={dayError} />
        <TextField label={t('services.protocolNumber')} value={number} onChange={setNumber} maxLength={50} />
      </div>
      <fieldset className="form-pair">
        <legend>{t('services.centreSide')}</legend>
        {side('centreName', t('services.personName'), 200)}
        {side('centrePost', t('services.post'), 300)}
      </fieldset>
      <fieldset className="form-pair">
        <legend>{t('services.agencySide')}</legend>
        {side('agencyName', t('services.personName'), 200)}
        {side('agencyPost', t('services.post'), 300)}
      </fieldset>
      <FileDrop
        label={t('services.protocolFile')}
        hint={t('services.protocolFileHint')}
        accept=".pdf,.jpg,.jpeg,.png"
        chosen={file?.name ?? null}
        error={fileError}
        onFile={setFile}
      />
    </DialogForm>
  )
}
