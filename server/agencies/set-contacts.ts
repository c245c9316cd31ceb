import { eq } from 'drizzle-orm'
import type { Context } from '#server/context.ts'
import { agency, agencyContactEdit, type Contact } from '#server/db/schema/agencies.ts'
import { conflict } from '#server/errors.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { agencyById, type AgencyView } from './queries.ts'

const CHANGED = {
  ru: 'Контакты этого органа только что изменил кто-то другой: обновите страницу и посмотрите.',
  kk: 'Бұл органның байланыс деректерін басқа біреу жаңа ғана өзгертті: бетті жаңартып, қараңыз.',
  en: 'The contacts of this body have just been changed by somebody else: reload the page and look.',
}

/**
 * Says how a body is reached (п. 10), over the directory's file; every word of it is kept. Said again in the same words, nothing is written.
 * @param input.after how often they had been changed when the caller looked
 * @returns the body as it is now
 * @throws DomainError `not-found`; `conflict`: somebody else has changed them meanwhile
 */
export const setContacts = (
  ctx: Context,
  input: { agencyId: string; contacts: Contact[]; source: string; after: number },
): Promise<AgencyView> =>
  inTransaction(ctx, async (tx) => {
    const { agencyId, contacts, source, after } = input
    const held = await agencyById(tx, agencyId)
    const plain = (all: readonly Contact[]): string[] => all.map(({ kind, value }) => `${kind} ${value}`)
    const [was, now] = [plain(held.contacts), plain(contacts)]
    if (held.contactEdits !== after) throw conflict(CHANGED)
    if (was.join('\n') === now.join('\n')) return held
    const number = after + 1
    const [written] = await tx.db
      .insert(agencyContactEdit)
      .values({
        agencyId,
        number,
        contacts,
        source,
        actorKind: tx.actor.kind,
        actorId: tx.actor.id,
        at: tx.now(),
      })
      .onConflictDoNothing()
      .returning({ number: agencyContactEdit.number })
    if (written === undefined) throw conflict(CHANGED)
    await tx.db.update(agency).set({ contacts }).where(eq(agency.id, agencyId))
    await emit(tx, { type: 'agency.contacts-set', subjectId: agencyId, payload: { number, source, was, now } })
    return agencyById(tx, agencyId)
  })
