import { z } from 'zod'
import { readYaml } from '#ingest/text/read-yaml.ts'
import type { ActMeta, Lang } from './act.ts'
import { parseRequisites } from './requisites.ts'

const Texts = z.object({ rus: z.string().optional(), kaz: z.string().optional() })
const Meta = z.object({
  act_code: z.string().regex(/^\d{1,9}$/),
  requisite: z.string(),
  title: Texts.default({}),
  version_date: z.object({ rus: z.iso.date().optional(), kaz: z.iso.date().optional() }).default({}),
  source: Texts.default({}),
  caused_by: z.object({ requisite: z.string() }).optional(),
})

const byLanguage = <T>({ rus, kaz }: { rus?: T | undefined; kaz?: T | undefined }): Partial<Record<Lang, T>> => ({
  ...(rus === undefined ? {} : { ru: rus }),
  ...(kaz === undefined ? {} : { kk: kaz }),
})

/**
 * Reads what the state legal base publishes beside a text (`NAME.meta.yaml`): code, requisites, titles and edition dates by
 * language, links, the act that gave the edition.
 * @returns All faults at once, in Russian, each naming its key; `meta` is null when there is one. Pure.
 */
export function parseActMeta(text: string): { meta: ActMeta | null; faults: string[] } {
  const { value, faults } = readYaml(text, Meta)
  if (value === null) return { meta: null, faults }
  const { act_code: actCode, requisite, title, version_date: versions, source, caused_by: cause } = value
  const requisites = parseRequisites(requisite, { rule: 'unstated' })
  if (requisites === null)
    return {
      meta: null,
      faults: ['requisite: не разобраны реквизиты. Нужна строка вида «Приказ Министра … от 4 мая 2020 года № 27».'],
    }
  const caused = cause === undefined ? null : parseRequisites(cause.requisite, { rule: 'unstated' })
  if (cause !== undefined && caused === null)
    return { meta: null, faults: ['caused_by.requisite: не разобраны реквизиты изменяющего акта.'] }
  return {
    meta: {
      actCode,
      requisites,
      titles: byLanguage(title),
      versionDates: byLanguage(versions),
      links: byLanguage(source),
      causedBy:
        caused === null || cause === undefined
          ? null
          : { date: caused.date, number: caused.number, requisites: cause.requisite },
    },
    faults: [],
  }
}
