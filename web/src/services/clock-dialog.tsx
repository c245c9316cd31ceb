import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, given, read } from '../api/client.ts'
import { uiLang } from '../i18n/i18n.ts'
import { formatDay, todayInAlmaty } from '../text/days.ts'
import { useToast } from '../ui/toast.tsx'
import { DayField } from './day-field.tsx'
import { DialogForm } from './dialog-form.tsx'
import { agencyListQuery, agencyServicesQuery, peopleQuery, refreshServices } from './queries.ts'
import { TextField } from './text-field.tsx'

const POINTS = ['20', '26', '27'] as const
type Point = (typeof POINTS)[number]

/** Starts a clock of a body when the centre learns of an act, or of a replaced person, from somebody else (п. 20, 26, 27). */
export function ClockDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const say = useToast()
  const ids = { point: useId(), agency: useId(), service: useId(), person: useId() }
  const [point, setPoint] = useState<Point>('20')
  const [agencyId, setAgencyId] = useState('')
  const [serviceId, setServiceId] = useState('')
  const [act, setAct] = useState('')
  const [replacedOn, setReplacedOn] = useState(todayInAlmaty)
  const [personId, setPersonId] = useState('')
  const [tried, setTried] = useState(false)
  const agencies = useQuery(agencyListQuery)
  const services = useQuery({ ...agencyServicesQuery(agencyId), enabled: agencyId !== '' })
  const people = useQuery({ ...peopleQuery(serviceId), enabled: point === '27' && serviceId !== '' })
  const inOffice = people.data?.items.filter(({ until }) => until === null) ?? []
  const run = useMutation({
    mutationFn: () => {
      const of = { agencyId, serviceId: serviceId === '' ? null : serviceId }
      return read(
        api['service-deadlines'].$post({
          json:
            point === '27'
              ? {
                  ...of,
                  point,
                  replacedOn,
                  ...given({ personId: personId === '' ? (inOffice[0]?.id ?? null) : personId }),
                }
              : { ...of, point, act: act.trim() },
        }),
      )
    },
    onSuccess: async (clock) => {
      await refreshServices(queries)
      say(t('gate.clockStarted', { date: formatDay(clock.dueOn) }))
      onClose()
    },
  })
  const isFuture = point === '27' && replacedOn > todayInAlmaty()
  const isComplete =
    agencyId !== '' && (point === '20' || serviceId !== '') && (point === '27' ? !isFuture : act.trim() !== '')
  return (
    <DialogForm
      title={t('gate.clockTitle')}
      submit={t('gate.clock')}
      isPending={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true)
        if (isComplete) run.mutate()
      }}
    >
      <div className="form-field">
        <label htmlFor={ids.point}>{t('gate.clockEvent')}</label>
        <select
          id={ids.point}
          value={point}
          onChange={(event) => setPoint(POINTS.find((one) => one === event.target.value) ?? '20')}
        >
          {POINTS.map((one) => (
            <option key={one} value={one}>
              {t(`gate.clock_${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="form-field">
        <label htmlFor={ids.agency}>{t('services.agency')}</label>
        <select
          id={ids.agency}
          value={agencyId}
          aria-invalid={tried && agencyId === ''}
          onChange={(event) => {
            setAgencyId(event.target.value)
            setServiceId('')
            setPersonId('')
          }}
        >
          <option value="">{t('services.chooseAgency')}</option>
          {agencies.data?.items.map((agency) => (
            <option key={agency.id} value={agency.id}>
              {agency.name[uiLang()]}
            </option>
          ))}
        </select>
        <p className="form-error" role="alert">
          {tried && agencyId === '' ? t('services.fillIn') : null}
        </p>
      </div>
      <div className="form-field">
        <label htmlFor={ids.service}>{t('gate.clockService')}</label>
        <select
          id={ids.service}
          value={serviceId}
          aria-invalid={tried && point !== '20' && serviceId === ''}
          onChange={(event) => {
            setServiceId(event.target.value)
            setPersonId('')
          }}
        >
          <option value="">{t(point === '20' ? 'gate.clockAnyService' : 'gate.chooseService')}</option>
          {services.data?.items.map((service) => (
            <option key={service.id} value={service.id}>
              {service.registryNumber} {service.name}
            </option>
          ))}
        </select>
        <p className="form-error" role="alert">
          {tried && point !== '20' && serviceId === '' ? t('services.fillIn') : null}
        </p>
      </div>
      {point === '27' ? (
        <>
          {inOffice.length < 2 ? null : (
            <div className="form-field">
              <label htmlFor={ids.person}>{t('gate.clockPerson')}</label>
              <select
                id={ids.person}
                value={personId === '' ? inOffice[0]?.id : personId}
                onChange={(event) => setPersonId(event.target.value)}
              >
                {inOffice.map(({ id, name, post }) => (
                  <option key={id} value={id}>
                    {name}, {post}
                  </option>
                ))}
              </select>
            </div>
          )}
          <DayField
            label={t('services.replacedOn')}
            value={replacedOn}
            onChange={setReplacedOn}
            error={isFuture ? t('services.dayAhead') : null}
          />
        </>
      ) : (
        <TextField
          label={t('gate.clockAct')}
          hint={t('gate.clockActHint')}
          value={act}
          onChange={setAct}
          maxLength={1000}
          error={tried && act.trim() === '' ? t('services.fillIn') : null}
        />
      )}
    </DialogForm>
  )
}
