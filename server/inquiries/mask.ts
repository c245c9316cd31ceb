import { maskPersonalData } from '#ingest/text/personal-data.ts'

/** Placeholders are read by people here: «[телефон-1]» stays, the number does not. */
export const masked = (text: string): string => maskPersonalData(text).text

export interface ContactFields {
  name: string | null
  phone: string | null
  email: string | null
}

/** What a list shows of somebody: enough to tell two people apart, too little to reach either. */
export function maskContact({ name, phone, email }: ContactFields): ContactFields {
  const digits = phone?.replaceAll(/\D/gu, '') ?? ''
  const [box = '', host = ''] = email?.split('@') ?? []
  return {
    name:
      name === null
        ? null
        : name
            .split(/\s+/u)
            .map((word) => `${[...word][0] ?? ''}…`)
            .join(' '),
    phone: phone === null ? null : `…${digits.slice(-2)}`,
    email: email === null ? null : `${[...box][0] ?? ''}…@${host}`,
  }
}
