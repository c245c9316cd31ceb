import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act, provision } from '#server/db/schema/acts.ts'
import { gapQuestion, sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import { alike, refused, withinLength } from './editors-question.ts'
import { inForceOn, questionState } from './question-state.ts'
import { MOST_OF_PROVISION } from './sample-questions-file.ts'
import type { AddQuestion } from './schema.ts'

/**
 * Says that a provision answers a question that people ask. Said of an editor's question whose provision reads otherwise by now, it confirms it.
 * Must run in a transaction of the caller's.
 * @param input.provisionId the wording that the editor has read
 * @returns the id of the question
 * @throws DomainError `not-found`: no such act; `validation-failed`: no such provision, not in force today, too many questions, too long once
 * masked; `conflict`: it reads otherwise than the editor saw, or the question stands there already
 */
export async function addSampleQuestion(ctx: Context, input: AddQuestion): Promise<string> {
  const { actId, lang, eid } = input
  const { text: masked } = maskPersonalData(input.text.replaceAll(/\s+/gu, ' ').trim())
  // The row of the act is held until the end: two editors at once must not pass the bound, nor say the same twice.
  const [held] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId)).for('no key update')
  if (held === undefined) throw notFound('act', actId)
  const wording = await wordingSeen(ctx, input)
  withinLength(masked)
  const id = derivedId('smq', actId, lang, eid, masked)
  const own = await queryRows<{
    id: string
    text: string
    file: string | null
    added_by: string | null
    state: string
  }>(
    ctx.db,
    sql`select q.id, q.text, q.file, q.added_by, ${questionState(today(ctx))} as state from sample_question q
        where q.act_id = ${actId} and q.lang = ${lang} and q.eid = ${eid}`,
  )
  const same = own.find(({ text }) => alike(text) === alike(masked))
  const isConfirmed = same !== undefined && same.added_by !== null && same.state === 'changed'
  if (same !== undefined && !isConfirmed)
    throw conflict({
      ru: `Такой вопрос у этого пункта уже есть${same.file === null ? '' : ` (в файле content/questions/${same.file})`}. Если на него не отвечают, сформулируйте иначе или выберите пункт точнее.`,
      kk: `Бұл тармақта мұндай сұрақ бар${same.file === null ? '' : ` (content/questions/${same.file} файлында)`}. Оған жауап берілмесе, басқаша тұжырымдаңыз немесе тармақты дәлірек таңдаңыз.`,
      en: `This point has such a question already${same.file === null ? '' : ` (in the file content/questions/${same.file})`}. If it is not answered, word it otherwise, or choose a more exact point.`,
    })
  // One that is confirmed stands there already.
  if (same === undefined && own.length >= MOST_OF_PROVISION)
    throw refused('eid', {
      ru: `У этого пункта уже ${MOST_OF_PROVISION} вопросов, больше не нужно: уберите похожие.`,
      kk: `Бұл тармақта ${MOST_OF_PROVISION} сұрақ бар, одан көп керек емес: ұқсастарын алып тастаңыз.`,
      en: `This point has ${MOST_OF_PROVISION} questions, which is enough: remove some that are alike.`,
    })
  const said = { addedBy: ctx.actor.id, addedAt: ctx.now(), provisionId: wording }
  if (same === undefined)
    await ctx.db
      .insert(sampleQuestion)
      .values({ id, actId, lang, eid, text: masked, loadedAt: ctx.now(), file: null, ...said })
  else await ctx.db.update(sampleQuestion).set(said).where(eq(sampleQuestion.id, same.id))
  const subjectId = same?.id ?? id
  await dropContradicted(ctx, { lang, text: same?.text ?? masked })
  await emit(ctx, {
    type: 'sample-question.added',
    subjectId,
    payload: { actId, lang, eid, text: same?.text ?? masked },
  })
  return subjectId
}

/**
 * What is tied to a provision is no gap, of whichever act: what an editor said of it before goes; where a file says it, too, it is the file's alone, is outweighed, and goes with
 * the next export.
 */
async function dropContradicted(ctx: Context, { lang, text }: Pick<AddQuestion, 'lang' | 'text'>): Promise<void> {
  const said = await ctx.db
    .select()
    .from(gapQuestion)
    .where(and(eq(gapQuestion.lang, lang), isNotNull(gapQuestion.addedBy)))
  for (const { id, file, actId, gap, text: own } of said.filter((other) => alike(other.text) === alike(text))) {
    if (file === null) await ctx.db.delete(gapQuestion).where(eq(gapQuestion.id, id))
    else await ctx.db.update(gapQuestion).set({ addedBy: null, addedAt: null }).where(eq(gapQuestion.id, id))
    await emit(ctx, { type: 'gap-question.removed', subjectId: id, payload: { actId, lang, gap, text: own } })
  }
}

/**
 * The wording of a provision that is in force today and reads as the editor saw it: the same words may have another row since.
 * @throws DomainError `validation-failed`: no such provision, or none in force; `conflict`: it reads otherwise
 */
async function wordingSeen(ctx: Context, { actId, lang, eid, provisionId }: AddQuestion): Promise<string> {
  const [known] = await ctx.db
    .select({ label: provision.label })
    .from(provision)
    .where(and(eq(provision.actId, actId), eq(provision.lang, lang), eq(provision.eid, eid)))
    .limit(1)
  if (known === undefined)
    throw refused('eid', {
      ru: `Положения ${eid} в этом акте (${lang === 'ru' ? 'на русском языке' : 'на казахском языке'}) нет. Выберите пункт из найденных.`,
      kk: `Бұл актіде (${lang === 'ru' ? 'орыс тілінде' : 'қазақ тілінде'}) ${eid} ережесі жоқ. Табылғандардан тармақ таңдаңыз.`,
      en: `The act has no provision ${eid} in ${lang === 'ru' ? 'Russian' : 'Kazakh'}. Choose a point that was found.`,
    })
  const wordings = await queryRows<{ id: string; seen: boolean }>(
    ctx.db,
    sql`select h.id, h.content_hash is not distinct from
          (select w.content_hash from provision w
           where w.id = ${provisionId} and w.act_id = h.act_id and w.lang = h.lang and w.eid = h.eid) as seen
        from provision h
        where h.act_id = ${actId} and h.lang = ${lang} and h.eid = ${eid} and ${inForceOn(today(ctx))}
        order by h.valid_from desc`,
  )
  if (wordings.length === 0)
    throw refused('eid', {
      ru: `${known.label}: сегодня не действует, отвечать им нельзя. Выберите действующий пункт.`,
      kk: `${known.label}: бүгін қолданыста емес, онымен жауап беруге болмайды. Қолданыстағы тармақты таңдаңыз.`,
      en: `${known.label} is not in force today and cannot answer. Choose a point that is.`,
    })
  const wording = wordings.find(({ seen }) => seen)
  if (wording === undefined)
    throw conflict({
      ru: `${known.label}: пункт уже читается иначе. Откройте его заново, прочтите и свяжите вопрос с нынешним текстом.`,
      kk: `${known.label}: тармақ енді басқаша жазылған. Оны қайта ашып, оқып шығыңыз да, сұрақты қазіргі мәтінмен байланыстырыңыз.`,
      en: `${known.label} reads otherwise by now. Open it anew, read it, and tie the question to the text of today.`,
    })
  return wording.id
}
