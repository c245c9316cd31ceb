import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestFile } from '#server/content/ingest-file.ts'
import { CONTENT, testApp, type TestApp } from './harness.ts'

const META = `act_code: '900001'
requisite: Приказ Министра юстиции Республики Казахстан от 10 марта 2024 года № 77
title:
  rus: Об утверждении Правил выдачи выписки
  kaz: Үзінді беру қағидаларын бекіту туралы
version_date:
  kaz: 2024-03-10
  rus: 2024-03-10
source:
  kaz: https://zan.gov.kz/client/#!/doc/900001/kaz/10.03.2024
  rus: https://zan.gov.kz/client/#!/doc/900001/rus/10.03.2024
`
const russian = (days: string) => `# Об утверждении Правил выдачи выписки

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила выдачи выписки.

2. Настоящий приказ вводится в действие со дня его первого официального опубликования.

> *Утверждены приказом*
> *Министра юстиции*
> *от 10 марта 2024 года № 77*

## Правила выдачи выписки

### Глава 1. Общие положения

1. Выписку выдает архив по заявлению собственника квартиры.

2. Срок выдачи выписки о составе семьи составляет 15 (пятнадцать) ${days} дней.

3. Плата за выписку составляет 2 МРП.
`
const KAZAKH = `# Үзінді беру қағидаларын бекіту туралы

БҰЙЫРАМЫН:

1. Қоса беріліп отырған Үзінді беру қағидалары бекітілсін.

2. Осы бұйрық алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі.

> *Әділет министрінің*
> *2024 жылғы 10 наурыздағы*
> *№ 77 бұйрығымен бекітілген*

## Үзінді беру қағидалары

### 1-тарау. Жалпы ережелер

1. Үзіндіні пәтер иесінің өтініші бойынша мұрағат береді.

2. Отбасы құрамы туралы үзіндіні беру мерзімі 15 (он бес) жұмыс күнін құрайды.

3. Үзінді үшін төлем 2 АЕК құрайды.
`

const Differences = z.object({
  items: z.array(
    z.object({
      differenceId: z.string(),
      kind: z.string(),
      isMaterial: z.boolean(),
      ru: z.object({ label: z.string().nullable(), said: z.array(z.string()) }),
      kk: z.object({ label: z.string().nullable(), said: z.array(z.string()) }),
      decision: z.string(),
    }),
  ),
})
const Hits = z.object({
  hits: z.array(
    z.object({
      lang: z.string(),
      citation: z.object({ label: z.string() }).nullable(),
      languageDifferences: z.array(z.object({ differenceId: z.string(), kind: z.string() })),
    }),
  ),
})

let t: TestApp
let directory: string
let actId = ''

const put = async (lang: 'rus' | 'kaz', text: string) => {
  const path = join(directory, `900001.${lang}.2024-03-10.md`)
  await writeFile(path, text)
  const { status, messages, result } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
  expect(
    messages.filter(({ severity }) => severity === 'error'),
    path,
  ).toEqual([])
  expect(status).not.toBe('refused')
  actId = result?.actId ?? actId
  await t.deps.reconciler.settle()
}
/** Another act of two texts, each of its own edition. */
const ingestTexts = async (code: string, texts: Record<'rus' | 'kaz', { day: string; text: string }>) => {
  for (const [lang, { day, text }] of Object.entries(texts)) {
    const meta = META.replace('900001', code)
      .replace('№ 77', '№ 78')
      .replace('kaz: 2024-03-10\n  rus: 2024-03-10', `kaz: ${day}\n  rus: ${day}`)
    await writeFile(join(directory, `${code}.${day}.meta.yaml`), meta)
    const path = join(directory, `${code}.${lang}.${day}.md`)
    await writeFile(path, text)
    const { messages, result } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
    expect(
      messages.filter(({ severity }) => severity === 'error'),
      path,
    ).toEqual([])
    if (result !== null) actOfTexts = result.actId
  }
  return { actId: actOfTexts }
}
let actOfTexts = ''

const differences = async () =>
  Differences.parse(await (await t.get(`/api/v1/acts/${actId}/language-differences`)).json()).items
const hitsFor = async (q: string, lang: string) =>
  Hits.parse(await (await t.get(`/api/v1/search?lang=${lang}&q=${encodeURIComponent(q)}`)).json()).hits

beforeAll(async () => {
  t = await testApp({ content: false })
  directory = await mkdtemp(join(tmpdir(), 'bilim-two-languages-'))
  await writeFile(join(directory, '900001.2024-03-10.meta.yaml'), META)
  await put('rus', russian('календарных'))
})
afterAll(async () => {
  await t.close()
  await rm(directory, { recursive: true, force: true })
})

test('one language alone differs from nothing', async () => {
  expect(await differences()).toEqual([])
})

test('the second language shows where the texts disagree, to editors in the act and to operators beside the passage', async () => {
  await put('kaz', KAZAKH)
  expect(await differences()).toMatchObject([
    {
      kind: 'days',
      isMaterial: true,
      ru: { label: 'п. 2', said: ['15 (пятнадцать) календарных дней'] },
      kk: { label: '2-тармақ', said: ['15 (он бес) жұмыс күнін'] },
      decision: 'open',
    },
  ])
  for (const [q, lang] of [
    ['срок выдачи выписки', 'ru'],
    ['үзіндіні беру мерзімі', 'kk'],
  ] as const) {
    const hits = await hitsFor(q, lang)
    const about = hits.filter(({ languageDifferences }) => languageDifferences.length > 0)
    expect(about.map(({ citation, languageDifferences }) => [citation?.label, languageDifferences[0]?.kind])).toEqual([
      [lang === 'ru' ? 'п. 2' : '2-тармақ', 'days'],
    ])
  }
})

test('an answer that rests on such a passage says so', async () => {
  const response = await t.post('/api/v1/answers', {
    question: 'какой срок выдачи выписки о составе семьи',
    lang: 'ru',
  })
  const { sentences } = z
    .object({
      sentences: z.array(
        z.object({
          citations: z.array(
            z.object({ label: z.string(), languageDifferences: z.array(z.object({ kind: z.string() })) }),
          ),
        }),
      ),
    })
    .parse(await response.json())
  expect(sentences[0]?.citations[0]).toMatchObject({ label: 'п. 2', languageDifferences: [{ kind: 'days' }] })
})

test('an editor who finds the texts to mean the same takes the warning from operators, with a reason, and can bring it back', async () => {
  const [difference] = await differences()
  const decide = async (decision: string, reason: string, role: 'editor' | 'operator' = 'editor') =>
    t.app.request(`/api/v1/language-differences/${difference?.differenceId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...(await t.as(role)) },
      body: JSON.stringify({ decision, reason }),
    })
  const warned = async () =>
    (await hitsFor('срок выдачи выписки', 'ru')).filter((hit) => hit.languageDifferences.length > 0).length
  expect((await decide('dismissed', 'x')).status).toBe(400)
  expect((await decide('dismissed', 'нет расхождения', 'operator')).status).toBe(403)
  expect((await decide('dismissed', 'Министерство разъяснило: рабочие дни')).status).toBe(200)
  expect(await warned()).toBe(0)

  // The same text again decides nothing anew.
  await put('kaz', KAZAKH)
  expect(await differences()).toMatchObject([{ decision: 'dismissed' }])
  expect((await decide('open', 'разъяснение отозвано')).status).toBe(200)
  expect(await warned()).toBe(1)
})

test('a mended text ends the difference', async () => {
  await put('rus', russian('рабочих'))
  expect(await differences()).toEqual([])
  expect((await hitsFor('срок выдачи выписки', 'ru'))[0]?.languageDifferences).toEqual([])
})

test('a text that is not held says nothing', async () => {
  const { actId: id } = await ingestTexts('900002', {
    rus: { day: '2024-03-10', text: russian('календарных').replaceAll('№ 77', '№ 78') },
    // The Kazakh text of a later edition: a change that the Russian text here has not seen.
    kaz: {
      day: '2025-06-01',
      text: KAZAKH.replaceAll('№ 77', '№ 78').replace(
        '3. Үзінді үшін төлем 2 АЕК құрайды.',
        '3. Үзінді үшін төлем 3 АЕК құрайды.\n\n> *Ескерту. 3-тармақ жаңа редакцияда - ҚР Әділет министрінің 01.05.2025 № 99 (01.06.2025 бастап қолданысқа енгізіледі) бұйрығымен.*',
      ),
    },
  })
  const found = Differences.parse(
    await (await t.get(`/api/v1/acts/${id}/language-differences?asOf=2025-07-01`)).json(),
  ).items
  expect(found.map(({ kind, ru }) => [kind, ru.label])).toEqual([['days', 'п. 2']])
})
