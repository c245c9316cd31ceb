import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnswerSchema, type Answer } from '#server/answers/schema.ts'
import { testApp, type TestApp } from './harness.ts'

/** A Wednesday. */
const NOW = new Date('2026-11-25T09:00:00Z')
let t: TestApp

beforeAll(async () => {
  t = await testApp({ now: () => NOW })
})
afterAll(() => t.close())

const ask = async (question: string, more: Record<string, unknown> = {}): Promise<Answer> => {
  const response = await t.post('/api/v1/answers', { question, ...more })
  expect(response.status).toBe(200)
  return AnswerSchema.parse(await response.json())
}

describe('a question without an answer', () => {
  it('of another body names it with its contacts, by point 10', async () => {
    const { status, guidance, competence } = await ask('сколько стоит загранпаспорт')
    expect(status).toBe('no_answer')
    expect(guidance).toMatchObject({
      kind: 'out-of-scope',
      text: 'Этот вопрос не входит в деятельность Единого контакт-центра. Его решает Министерство внутренних дел Республики Казахстан. Контакты: www.gov.kz.',
      citation: { label: 'п. 10', quote: expect.stringContaining('не входит в деятельность') },
    })
    expect(competence).toMatchObject({ agencyId: 'agc_interior', bySubject: true })
  })

  it('says so in Kazakh', async () => {
    const { guidance } = await ask('паспортты қалай аламын')
    expect(guidance).toMatchObject({
      kind: 'out-of-scope',
      text: expect.stringMatching(
        /Оны шешетін орган: Қазақстан Республикасының Ішкі істер министрлігі\. Байланыс: www\.gov\.kz\.$/u,
      ),
    })
  })

  it('of another group is transferred with the notice, by point 11', async () => {
    expect((await ask('не могу войти в egov, забыл пароль')).guidance).toMatchObject({
      kind: 'transfer',
      group: { id: 'e-government' },
      text: expect.stringContaining('Я перевожу ваш звонок'),
      citation: { label: 'п. 11' },
    })
    expect((await ask('egov-қа кіре алмай жатырмын')).guidance).toMatchObject({
      kind: 'transfer',
      text: expect.stringContaining('қоңырауыңызды'),
    })
    // To that group itself it is no transfer.
    expect((await ask('не могу войти в egov, забыл пароль', { group: 'e-government' })).guidance?.kind).toBe(
      'unanswered',
    )
  })

  it('that is a wish to appeal tells how and in which term, by point 12', async () => {
    const { guidance } = await ask('хочу подать жалобу на поликлинику')
    // 15 working days after 25.11.2026; 16 December is a holiday.
    expect(guidance).toMatchObject({ kind: 'appeal', dueOn: '2026-12-17', citation: { label: 'п. 12' } })
    expect(guidance?.text).toMatch(/www\.gov\.kz .*электронной цифровой подписью.* 15 рабочих дней .*до 17\.12\.2026/su)
    expect((await ask('шағым жазғым келеді')).guidance).toMatchObject({
      kind: 'appeal',
      text: expect.stringMatching(/www\.gov\.kz .*15 жұмыс күні.*17\.12\.2026/su),
    })
  })

  it('of a state body about ICT services drafts a request, by point 36', async () => {
    const { guidance } = await ask('как подключиться к ЕСЭДО', { asker: 'state-body', body: 'Акимат города Алматы' })
    expect(guidance).toMatchObject({
      kind: 'ict-request',
      citation: { label: 'п. 36' },
      // Two working days of point 8.
      dueOn: '2026-11-27',
      draft: { to: { agencyId: 'agc_ict_operator' }, dueOn: '2026-11-27' },
    })
    for (const part of ['Акимат города Алматы', 'как подключиться к ЕСЭДО', 'пунктом 36', '27.11.2026', 'оператор ИКИ'])
      expect(guidance?.draft?.body).toContain(part)
    expect((await ask('біз әкімдікпіз, сыртқы шлюз істемейді')).guidance?.draft?.body).toMatch(
      /Мерзімі: .*27\.11\.2026 дейін/su,
    )
  })

  it('of a state body on the line for ICT services is such a request whatever its words, and names one body', async () => {
    for (const question of ['VPN-канал', 'увеличить квоту', 'открыть порт 443', 'порт ашу керек'])
      expect(await ask(question, { asker: 'state-body', group: 'ict' }), question).toMatchObject({
        guidance: { kind: 'ict-request', draft: { to: { agencyId: 'agc_ict_operator' } } },
        competence: { agencyId: 'agc_ict_operator' },
      })
    // Another body's stays another body's, and a citizen's is none.
    expect((await ask('сколько стоит загранпаспорт', { asker: 'state-body', group: 'ict' })).guidance?.kind).toBe(
      'out-of-scope',
    )
    expect((await ask('открыть порт 443', { asker: 'citizen', group: 'ict' })).guidance?.kind).toBe('unanswered')
  })

  it('of nobody’s asks for a clarification, by point 24, and names no body', async () => {
    const nobodys = {
      competence: null,
      guidance: { kind: 'unanswered', citation: { label: 'п. 24' }, isBodyUnknown: true },
    }
    const asked = await ask('какая завтра погода')
    expect(asked).toMatchObject(nobodys)
    expect(asked.guidance?.text).toContain('чей это вопрос, нам сейчас не известно')
    expect(await ask('ертең ауа райы қандай')).toMatchObject(nobodys)
  })
})

describe('a question with an answer', () => {
  it('needs no guidance', async () => {
    expect(await ask('в какой срок отвечают на электронное письмо')).toMatchObject({
      status: 'answered',
      guidance: null,
    })
  })
  it('about appeals has it beside the answer', async () => {
    const { status, guidance } = await ask('как подать обращение через gov.kz')
    expect(status).toBe('answered')
    expect(guidance?.kind).toBe('appeal')
  })
  it('that is a definition nobody asked for keeps the request of point 36 beside it', async () => {
    const { sentences, guidance } = await ask('аренда вычислительных ресурсов', { asker: 'state-body' })
    expect(sentences[0]?.citations[0]?.label).toBe('п. 3 пп. 2')
    expect(guidance).toMatchObject({ kind: 'ict-request', draft: { to: { agencyId: 'agc_ict_operator' } } })
    expect(await ask('что такое информационно-коммуникационная услуга', { asker: 'state-body' })).toMatchObject({
      status: 'answered',
      guidance: null,
    })
  })
})

it('a provision not in force on the day is not cited', async () => {
  expect((await ask('хочу подать жалобу', { asOf: '2016-01-01' })).guidance).toMatchObject({
    kind: 'appeal',
    citation: null,
  })
})

it('refuses a group or an asker that there is not', async () => {
  const response = await t.post('/api/v1/answers', { question: 'что угодно', group: 'x', asker: 'y' })
  expect(response.status).toBe(400)
  expect(((await response.json()) as { faults: { path: string }[] }).faults.map(({ path }) => path).sort()).toEqual([
    'json.asker',
    'json.group',
  ])
})
