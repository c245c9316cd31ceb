import { formatDay } from '../text/days.ts'
import type { FormValues } from './form-submission.tsx'
import type { Service } from './types.ts'

/** A service as held, in the words of the form's cells. */
export function formValuesOf(service: Service): FormValues | null {
  const { details } = service
  if (details === null) return null
  const act = ({ kind, date, number, text }: (typeof details)['byLaw']) =>
    text === '' ? `${kind ?? ''} от ${formatDay(date)} № ${number}`.trim() : text
  const [first] = details.responsible
  return {
    registryNumber: service.registryNumber,
    name: service.name,
    byLaw: act(details.byLaw),
    changes: details.changes
      .map(({ kind, date, number }) => `${kind ?? ''} от ${formatDay(date)} № ${number}`.trim())
      .join('\n'),
    webResource: details.webResources.join(' '),
    responsible: details.responsible.map(({ name, post }) => `${name}, ${post}`).join('\n'),
    contacts: [
      ...(first?.phones ?? []).map(({ number, extension }) =>
        extension === null ? number : `${number}, вн. ${extension}`,
      ),
      ...(first?.emails ?? []),
    ].join('; '),
  }
}
