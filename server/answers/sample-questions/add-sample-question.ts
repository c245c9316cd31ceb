import { and, eq, sql } from 'drizzle-orm'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act, provision } from '#server/db/schema/acts.ts'
import { sampleQuestion } from '#server/db/schema/sample-questions.ts'
import { conflict, DomainError, notFound, type Said } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import { movedQuestions, wordingInPlace } from './places.ts'
import { LONGEST_QUESTION, MOST_OF_PROVISION } from './sample-questions-file.ts'
import type { AddQuestion } from './schema.ts'

/** Said beside the form, in the language of its reader. */
const refused = (path: 'eid' | 'text', said: Said) =>
  new DomainError('validation-failed', said.en, { said, faults: [{ path, message: said.ru, said }] })

const alike = (text: string): string => text.toLowerCase().replaceAll(/[?!.\s]+$/gu, '')

/**
 * Says that a provision answers a question that people ask. Said of an editor's question whose provision reads otherwise by now, it confirms it.
 * Must run in a transaction of the caller's.
 * @returns the id of the question
 * @throws DomainError `not-found`: no such act; `validation-failed`: no such provision, not in force today, too many questions, too long once
 * masked; `conflict`: it stands there already
 */
export async function addSampleQuestion(ctx: Context, input: AddQuestion): Promise<string> {
  const { actId, lang, eid } = input
  const { text: masked } = maskPersonalData(input.text.replaceAll(/\s+/gu, ' ').trim())
  // The row of the act is held until the end: two editors at once must not pass the bound, nor say the same twice.
  const [held] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId)).for('update')
  if (held === undefined) throw notFound('act', actId)
  const wording = await wordingOf(ctx, input)
  if (masked.length > LONGEST_QUESTION)
    throw refused('text', {
      ru: `Вопрос длиннее ${LONGEST_QUESTION} знаков после того, как личные данные заменены. Сократите его.`,
      kk: `Жеке деректер ауыстырылғаннан кейін сұрақ ${LONGEST_QUESTION} таңбадан ұзын. Оны қысқартыңыз.`,
      en: `The question is longer than ${LONGEST_QUESTION} characters once personal data is masked. Shorten it.`,
    })
  const id = derivedId('smq', actId, lang, eid, masked)
  const own = await ctx.db
    .select()
    .from(sampleQuestion)
    .where(and(eq(sampleQuestion.actId, actId), eq(sampleQuestion.lang, lang), eq(sampleQuestion.eid, eid)))
  const moved = await queryRows<{ id: string; text: string }>(
    ctx.db,
    sql`select q.id, q.text from (${movedQuestions(today(ctx))}) m join sample_question q on q.id = m.id
        where q.act_id = ${actId} and q.lang = ${lang} and m.eid = ${eid}`,
  )
  const same = own.find(({ text }) => alike(text) === alike(masked))
  const isConfirmed = same !== undefined && same.file === null && same.addedBy !== null && same.provisionId !== wording
  if (same !== undefined && !isConfirmed)
    throw conflict({
      ru: `Такой вопрос у этого пункта уже есть${same.file === null ? '' : ` (в файле content/questions/${same.file})`}. Если на него не отвечают, сформулируйте иначе или выберите пункт точнее.`,
      kk: `Бұл тармақта мұндай сұрақ бар${same.file === null ? '' : ` (content/questions/${same.file} файлында)`}. Оған жауап берілмесе, басқаша тұжырымдаңыз немесе тармақты дәлірек таңдаңыз.`,
      en: `This point has such a question already${same.file === null ? '' : ` (in the file content/questions/${same.file})`}. If it is not answered, word it otherwise, or choose a more exact point.`,
    })
  if (same === undefined && own.length + moved.length >= MOST_OF_PROVISION)
    throw refused('eid', {
      ru: `У этого пункта уже ${MOST_OF_PROVISION} вопросов, больше не нужно: уберите похожие.`,
      kk: `Бұл тармақта ${MOST_OF_PROVISION} сұрақ бар, одан көп керек емес: ұқсастарын алып тастаңыз.`,
      en: `This point has ${MOST_OF_PROVISION} questions, which is enough: remove some that are alike.`,
    })
  const said = { addedBy: ctx.actor.id, addedAt: ctx.now(), provisionId: wording }
  // Its words had another number when it was said first: from now on it stands where they are.
  for (const one of moved)
    if (alike(one.text) === alike(masked)) await ctx.db.delete(sampleQuestion).where(eq(sampleQuestion.id, one.id))
  if (same === undefined)
    await ctx.db
      .insert(sampleQuestion)
      .values({ id, actId, lang, eid, text: masked, loadedAt: ctx.now(), file: null, ...said })
  else await ctx.db.update(sampleQuestion).set(said).where(eq(sampleQuestion.id, same.id))
  const subjectId = same?.id ?? id
  await emit(ctx, {
    type: 'sample-question.added',
    subjectId,
    payload: { actId, lang, eid, text: same?.text ?? masked },
  })
  return subjectId
}

/** The wording of a provision that is in force today. @throws DomainError `validation-failed` */
async function wordingOf(ctx: Context, { actId, lang, eid }: AddQuestion): Promise<string> {
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
  const [wording] = await queryRows<{ id: string }>(
    ctx.db,
    sql`select h.id from (select ${actId}::text as act_id, ${lang}::text as lang, ${eid}::text as eid) q
        left join lateral (select null::text as content_hash) w on true
        join lateral (${wordingInPlace(today(ctx))}) h on true`,
  )
  if (wording === undefined)
    throw refused('eid', {
      ru: `${known.label}: сегодня не действует, отвечать им нельзя. Выберите действующий пункт.`,
      kk: `${known.label}: бүгін қолданыста емес, онымен жауап беруге болмайды. Қолданыстағы тармақты таңдаңыз.`,
      en: `${known.label} is not in force today and cannot answer. Choose a point that is.`,
    })
  return wording.id
}
