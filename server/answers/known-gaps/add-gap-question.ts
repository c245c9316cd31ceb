import { and, eq, sql } from 'drizzle-orm'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { today, type Context } from '#server/context.ts'
import { queryRows } from '#server/db/database.ts'
import { act } from '#server/db/schema/acts.ts'
import { gapQuestion } from '#server/db/schema/sample-questions.ts'
import { conflict, notFound } from '#server/errors.ts'
import { emit } from '#server/events/event.ts'
import { derivedId } from '#server/ids.ts'
import { alike, refused, withinLength } from '../sample-questions/editors-question.ts'
import { speaks } from '../sample-questions/question-state.ts'
import { MOST_OF_PROVISION } from '../sample-questions/sample-questions-file.ts'
import type { AddGapQuestion } from './schema.ts'

/**
 * Says that an act, as it reads today, does not answer a question that people ask: whoever asks it is refused, and told what is missing. Must run in a
 * transaction of the caller's.
 * @returns the id of the question
 * @throws DomainError `not-found`: no such act; `validation-failed`: the act is not held in the language, too many questions, too long once masked;
 * `conflict`: a provision is said to answer it, or it stands there already
 */
export async function addGapQuestion(ctx: Context, input: AddGapQuestion): Promise<string> {
  const { actId, lang } = input
  const { text: gap } = maskPersonalData(input.gap.replaceAll(/\s+/gu, ' ').trim())
  const { text } = maskPersonalData(input.text.replaceAll(/\s+/gu, ' ').trim())
  // As for a question of a provision: two editors at once must not say the same twice.
  const [held] = await ctx.db.select({ id: act.id }).from(act).where(eq(act.id, actId)).for('no key update')
  if (held === undefined) throw notFound('act', actId)
  withinLength(text)
  const [edition] = await queryRows(
    ctx.db,
    sql`select 1 from edition where act_id = ${actId} and lang = ${lang} limit 1`,
  )
  if (edition === undefined)
    throw refused('actId', {
      ru: `Этот акт не загружен ${lang === 'ru' ? 'на русском' : 'на казахском'} языке. Выберите другой.`,
      kk: `Бұл акт ${lang === 'ru' ? 'орыс' : 'қазақ'} тілінде жүктелмеген. Басқасын таңдаңыз.`,
      en: `The act is not held in ${lang === 'ru' ? 'Russian' : 'Kazakh'}. Choose another one.`,
    })
  const tied = await queryRows<{ text: string; label: string | null; eid: string }>(
    ctx.db,
    sql`select q.text, q.eid, (select o.label from provision o where o.act_id = q.act_id and o.lang = q.lang and o.eid = q.eid order by o.valid_from desc limit 1) as label
        from sample_question q where q.lang = ${lang} and lower(q.text) like ${pattern(text)} and ${speaks(today(ctx))}`,
  )
  const answered = tied.find((one) => alike(one.text) === alike(text))
  if (answered !== undefined)
    throw conflict({
      ru: `Этот вопрос связан с положением: ${answered.label ?? answered.eid}. Сначала уберите его там, если это неверно.`,
      kk: `Бұл сұрақ ережемен байланыстырылған: ${answered.label ?? answered.eid}. Дұрыс болмаса, алдымен сол жерден алып тастаңыз.`,
      en: `This question is tied to a provision: ${answered.label ?? answered.eid}. Take it back there first, if that is wrong.`,
    })
  const own = await ctx.db
    .select({ id: gapQuestion.id, gap: gapQuestion.gap, text: gapQuestion.text })
    .from(gapQuestion)
    .where(and(eq(gapQuestion.actId, actId), eq(gapQuestion.lang, lang)))
  const same = own.find((one) => alike(one.text) === alike(text))
  if (same !== undefined)
    throw conflict({
      ru: `Такой вопрос уже стоит у пробела «${same.gap}». Если пробел молчит после изменения акта, подтвердите его на странице известных пробелов.`,
      kk: `Мұндай сұрақ «${same.gap}» олқылығында бар. Акт өзгергеннен кейін олқылық үнсіз болса, оны белгілі олқылықтар бетінде растаңыз.`,
      en: `The gap “${same.gap}” has this question already. Where the gap is silent since the act changed, confirm it on the page of known gaps.`,
    })
  if (own.filter((one) => one.gap === gap).length >= MOST_OF_PROVISION)
    throw refused('gap', {
      ru: `У этого пробела уже ${MOST_OF_PROVISION} вопросов, больше не нужно.`,
      kk: `Бұл олқылықта ${MOST_OF_PROVISION} сұрақ бар, одан көп керек емес.`,
      en: `This gap has ${MOST_OF_PROVISION} questions, which is enough.`,
    })
  const id = derivedId('gpq', actId, lang, gap, text)
  await ctx.db.insert(gapQuestion).values({
    id,
    actId,
    lang,
    gap,
    text,
    checkedOn: today(ctx),
    loadedAt: ctx.now(),
    file: null,
    addedBy: ctx.actor.id,
    addedAt: ctx.now(),
  })
  await emit(ctx, { type: 'gap-question.added', subjectId: id, payload: { actId, lang, gap, text } })
  return id
}

/** What is alike begins alike: the rest is compared in code. */
const pattern = (text: string): string => `${alike(text).replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
