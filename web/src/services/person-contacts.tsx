import type { Person } from './types.ts'

const phoneText = ({ number, extension }: Person['phones'][number]): string =>
  extension === null ? number : `${number}, вн. ${extension}`

/** How a person is reached: telephones and e-mail as links. */
export function PersonContacts({ person }: { person: Pick<Person, 'phones' | 'emails'> }) {
  return (
    <span className="person-contacts">
      {person.phones.map((phone) => (
        <a key={phoneText(phone)} href={`tel:${phone.number}`}>
          {phoneText(phone)}
        </a>
      ))}
      {person.emails.map((email) => (
        <a key={email} href={`mailto:${email}`}>
          {email}
        </a>
      ))}
    </span>
  )
}
