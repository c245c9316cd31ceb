import { z } from '@hono/zod-openapi'
import { withWords } from '#server/http/describe-issue.ts'
import { ContactSchema } from '#server/http/wire.ts'

export const AgencyKindSchema = z
  .enum(['contact-centre', 'central', 'local', 'infrastructure-operator', 'authorised-body', 'other'])
  .openapi('AgencyKind')

export const AgencySchema = z
  .object({
    id: z.string(),
    name: z.object({ ru: z.string(), kk: z.string(), en: z.string() }),
    kind: AgencyKindSchema,
    subjects: z
      .object({ ru: z.array(z.string()), kk: z.array(z.string()) })
      .openapi({ description: 'What it is competent for, in the words of callers (п. 10)' }),
    contacts: z.array(ContactSchema),
    source: z.string().openapi({ description: 'Where these facts come from' }),
    contactEdits: z.number().int().openapi({
      description: 'How often administrators have changed the contacts; 0: they are those of the directory’s file',
    }),
  })
  .openapi('Agency')

const PHONE = /^\+?\d[\d\s()-]{1,24}(?:,? (?:доб\.?|вн\.?|ext\.?) ?\d{1,6})?$/u
const SITE = /^(?:https?:\/\/)?(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,20}(?:[/?#]\S*)?$/u
const MOST_CONTACTS = 20

const value = z.string().trim().min(3).max(200)
const kinds = {
  phone: value.refine(
    (text) => PHONE.test(text),
    withWords({
      ru: 'Телефон: цифры, пробелы, скобки и дефис, например 8 (7172) 12-34-56 доб. 7',
      kk: 'Телефон: сандар, бос орын, жақша және дефис, мысалы 8 (7172) 12-34-56',
      en: 'A telephone: digits, spaces, brackets and hyphens, such as 8 (7172) 12-34-56 ext. 7',
    }),
  ),
  email: z.string().trim().max(200).pipe(z.email()),
  web: value.refine(
    (text) => SITE.test(text),
    withWords({
      ru: 'Адрес сайта, например www.gov.kz',
      kk: 'Сайт мекенжайы, мысалы www.gov.kz',
      en: 'The address of a site, such as www.gov.kz',
    }),
  ),
}

export const GivenContactsSchema = z
  .strictObject({
    contacts: z
      .array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('phone'), value: kinds.phone }),
          z.strictObject({ kind: z.literal('email'), value: kinds.email }),
          z.strictObject({ kind: z.literal('web'), value: kinds.web }),
        ]),
      )
      .max(MOST_CONTACTS)
      .refine(
        (all) => new Set(all.map((one) => `${one.kind} ${one.value}`)).size === all.length,
        withWords({
          ru: 'Один контакт стоит дважды',
          kk: 'Бір байланыс екі рет тұр',
          en: 'A contact stands there twice',
        }),
      ),
    source: z
      .string()
      .trim()
      .min(3)
      .max(300)
      .openapi({ description: 'Where they come from: a letter, a site, its day' }),
    after: z.number().int().min(0).openapi({ description: '`contactEdits` of the body as it was seen' }),
  })
  .openapi('GivenAgencyContacts')

export const ContactEditSchema = z
  .object({
    number: z.number().int(),
    contacts: z.array(ContactSchema),
    source: z.string(),
    by: z.string().openapi({ description: 'Name of who said it' }),
    at: z.iso.datetime(),
  })
  .openapi('AgencyContactEdit')
