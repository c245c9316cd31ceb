import { printedDay } from '#ingest/text/printed-day.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { service } from '#server/db/schema/services.ts'
import { conflict, type Said } from '#server/errors.ts'
import { visibilityOf } from '#server/services/view-service.ts'
import { notDone } from './doing.ts'

export interface CheckServiceOpenInput {
  serviceId: string
  /** First day of the article. */
  validFrom: string
}

/**
 * Operators advise on a service five working days after its protocol, not before (п. 23): an article on it begins no earlier.
 * @throws DomainError `conflict` with the reason that the service's own page gives
 */
export async function checkServiceOpen(ctx: Context, input: CheckServiceOpenInput): Promise<void> {
  const why = await whyServiceClosed(ctx, input)
  if (why !== null) throw conflict(notDone('publish', why), { serviceId: input.serviceId })
}

/** Why an article on the service cannot begin on that day: as the service's own page says it. Null: it can. */
export async function whyServiceClosed(ctx: Context, input: CheckServiceOpenInput): Promise<Said | null> {
  const [row] = await ctx.db.select().from(service).where(eq(service.id, input.serviceId))
  const found = row === undefined ? undefined : (await visibilityOf(ctx, [row])).get(row.id)
  if (row === undefined || found === undefined)
    return {
      ru: `услуги ${input.serviceId} нет в списке услуг: верните черновик на доработку и поправьте код услуги.`,
      kk: `${input.serviceId} қызметі тізімде жоқ: жобаны толықтыруға қайтарып, қызмет кодын түзетіңіз.`,
      en: `there is no service ${input.serviceId}: return the draft for changes and correct the service.`,
    }
  const { from, explanation } = found.visibility
  if (from !== null && from <= input.validFrom) return null
  const begin =
    from === null
      ? { ru: '', kk: '', en: '' }
      : {
          ru: ` Статья о ней может начать действовать не раньше ${printedDay(from)}.`,
          kk: ` Ол туралы мақала ${printedDay(from)} дейін күшіне ене алмайды.`,
          en: ` An article on it may begin on ${printedDay(from)} at the earliest.`,
        }
  return {
    ru: `услуга «${row.name}» не открыта. ${explanation.ru}${begin.ru}`,
    kk: `«${row.name}» қызметі ашылмаған. ${explanation.kk}${begin.kk}`,
    en: `the service «${row.name}» is not open. ${explanation.en}${begin.en}`,
  }
}
