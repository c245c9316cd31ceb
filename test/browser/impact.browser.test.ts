import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftView } from '#server/editorial/schema.ts'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { amendedRules } from '#test/amended-rules.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { answer, answered, hasBrowser, hits, openBrowser, type, visit, visitAs, type Visit } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

/** Of the server; moved by the test. */
let clock = new Date('2026-11-25T07:00:00Z')
const QUESTION = 'в какой срок отвечают на письмо'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

describe.skipIf(!hasBrowser)('an amendment arrives', () => {
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    server = await startTestServer({}, { now: () => clock })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** An answer of the API, asked with a page's session. */
  async function ask<T>({ context }: Visit, method: 'GET' | 'POST' | 'PUT', path: string, data?: unknown): Promise<T> {
    const response = await context.request.fetch(`/api/v1${path}`, {
      method,
      headers: { origin: server.url, 'accept-language': 'ru' },
      ...(data === undefined ? {} : { data }),
    })
    expect(response.status(), await response.text()).toBeLessThan(300)
    return (await response.json()) as T
  }

  it('two editors, a supervisor, an agency and an operator at once, from the file to the new answer', async () => {
    const aigul = await visitAs(browser, server, 'editor')
    const supervisor = await visitAs(browser, server, 'supervisor')
    const agency = await visitAs(browser, server, 'agency')
    const operator = await visitAs(browser, server, 'operator')
    const admin = await visitAs(browser, server, 'admin')
    const second = { email: 'berik@example.kz', password: 'correct horse battery' }
    await ask(admin, 'POST', '/users', { ...second, name: 'Берик', role: 'editor' })
    const berik = await visit(browser, server)
    await berik.context.request.post('/api/v1/auth/sign-in/email', { data: second, headers: { origin: server.url } })

    // What is there before: a service that rests on the Rules, and an article that editors have written on.
    await ask(agency, 'POST', '/service-submissions?name=a.json', [
      {
        registryNumber: '00101001',
        name: 'Выдача справки',
        byLaw: 'приказ от 26 января 2016 года № 83',
        changes: 'приказ от 04.10.2022 № 368/НҚ; приказ от 28.07.2023 № 292/НҚ',
        webResource: 'https://egov.kz',
        responsible: 'Ахметов Серик Болатович, главный специалист',
        contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
      },
    ])
    const { items } = await ask<{ items: { articleId: string; slug: string }[] }>(aigul, 'GET', '/articles?limit=200')
    const channels = items.find(({ slug }) => slug === 'contact-centre-rules-channels')?.articleId ?? ''
    const draft = await ask<DraftView>(aigul, 'POST', '/editorial/drafts', { articleId: channels, lang: 'ru' })
    const written = { ...draft.content, body: `Коротко: звоните на 1414.\n\n${draft.content.body}` }
    await ask(aigul, 'PUT', `/editorial/drafts/${draft.draftId}`, { revision: 1, content: written })
    const frozen = await ask<DraftView>(aigul, 'POST', `/editorial/drafts/${draft.draftId}/submit`, { revision: 2 })
    const version = { versionId: frozen.versionId }
    await ask(supervisor, 'POST', `/editorial/drafts/${draft.draftId}/approve`, version)
    await ask(aigul, 'POST', `/editorial/drafts/${draft.draftId}/publish`, version)

    // An editor looks at the amended text, gives the one day that he knows, and imports it.
    await aigul.page.goto('/acts')
    await aigul.page.getByRole('link', { name: 'Загрузить акт' }).click()
    await aigul.page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({
        name: 'contact-centre-rules.ru.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(await amendedRules()),
      })
    const preview = aigul.page.getByTestId('import-preview')
    await preview.waitFor()
    await expect.poll(() => preview.getByTestId('import-change').count()).toBe(3)
    await preview.getByText('не ранее 13.11.2026').first().waitFor()
    await preview.getByText('Ахметов Серик Болатович').first().waitFor()
    await preview.getByLabel('приказ № 8 от 02.11.2026: опубликован').fill('10.11.2026')
    await aigul.page.keyboard.press('Tab')
    await press(aigul.page, 'Пересчитать')
    await preview.getByText('с 21.11.2026').first().waitFor()
    expect(await seriousFindings(aigul.page)).toEqual([])
    await shot(aigul.page, 'import-preview')
    await press(aigul.page, 'Загрузить, статьи — на проверку')
    await aigul.page.getByTestId('import-done').waitFor()

    // The operator reads what he read before, and is told.
    await operator.page.goto('/')
    await type(operator.page, QUESTION)
    const eighth = hits(operator.page).filter({ hasText: 'двух рабочих дней' }).first()
    await eighth.getByText('изменится с 01.12.2026').waitFor()
    clock = new Date('2026-12-01T07:00:00Z')
    await operator.page.goto('/')
    await type(operator.page, QUESTION)
    await eighth.getByText('Источник изменён').waitFor()
    await answered(operator.page)
    await expect.poll(() => operator.page.getByTestId('answer-status').getAttribute('data-status')).toBe('partial')
    await answer(operator.page).getByText('с 01.12.2026 она изменена').waitFor()
    expect(await operator.page.getByText('пяти рабочих дней').count()).toBe(0)
    expect(await seriousFindings(operator.page)).toEqual([])
    await shot(operator.page, 'operator-warned')
    await answer(operator.page).getByRole('link', { name: 'Что изменилось' }).first().click()
    await operator.page.locator('#compare ins').getByText('пяти').first().waitFor()
    await shot(operator.page, 'act-diff')
    await operator.page.goto(`/articles/${channels}`)
    await operator.page.getByTestId('article-changed').waitFor()
    await shot(operator.page, 'article-warned')

    // The other editor finds both: a text of the act's that waits, and a proposed text over people's words.
    await berik.page.goto('/editorial')
    const tasks = berik.page.getByTestId('task')
    const waiting = tasks
      .filter({ has: berik.page.locator('[data-mode="version"]') })
      .filter({ hasText: 'Оценка консультации' })
    await waiting.getByRole('button', { name: 'Показать изменения' }).click()
    await waiting.locator('ins').getByText('шести').waitFor()
    await waiting.getByText('действует с 21.11.2026').waitFor()
    expect(await seriousFindings(berik.page)).toEqual([])
    await shot(berik.page, 'inbox')
    await aigul.page.goto('/editorial')
    await aigul.page.getByText('Опубликует другой редактор').first().waitFor()
    await waiting.getByRole('button', { name: 'Опубликовать', exact: true }).click()
    await berik.page.getByText('Опубликовано').first().waitFor()
    const proposal = tasks.filter({ has: berik.page.locator('[data-mode="proposal"]') }).first()
    await proposal.getByRole('link', { name: 'Предложенный текст' }).click()
    await berik.page.getByTestId('draft-impact').waitFor()
    await expect.poll(() => berik.page.locator('.draft-body').inputValue()).toContain('пяти рабочих дней')
    // All at once: the other editor has saved and writes on, the agency uploads Appendix 1 between the saves of both, the operator searches.
    const competence = items.find(({ slug }) => slug === 'contact-centre-rules-other-competence')?.articleId ?? ''
    const own = await ask<DraftView>(aigul, 'POST', '/editorial/drafts', { articleId: competence, lang: 'ru' })
    await aigul.page.goto(`/editorial/drafts/${own.draftId}`)
    await agency.page.goto('/services/submit')
    await operator.page.goto('/')
    const saves = (page: Page) =>
      page.waitForResponse(
        (response) => response.request().method() === 'PUT' && response.url().includes('/editorial/drafts/'),
      )
    const write = async (page: Page, act: () => Promise<void>): Promise<void> => {
      const saved = saves(page)
      await act()
      expect((await saved).status()).toBe(200)
    }
    const body = aigul.page.locator('.draft-body')
    await write(aigul.page, () => body.fill(`Первая правка.\n\n${own.content.body}`))
    const submitted = async (): Promise<void> => {
      await agency.page.getByLabel('Файл Приложения 1').setInputFiles({
        name: 'Приложение.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(csvOf([TITLES, goodRow(7)])),
      })
      await agency.page.getByRole('heading', { name: 'Ошибок нет. Что изменится:' }).waitFor()
      await agency.page.getByRole('button', { name: 'Отправить' }).click()
      await agency.page.getByTestId('submission-done').waitFor()
    }
    await Promise.all([
      submitted(),
      write(berik.page, () => berik.page.getByLabel('Пересмотреть до').fill('01.01.2100')),
      type(operator.page, QUESTION),
    ])
    await write(aigul.page, () => body.fill(`Первая правка.\nВторая правка.\n\n${own.content.body}`))
    await hits(operator.page).first().waitFor()
    const kept = await ask<DraftView>(aigul, 'GET', `/editorial/drafts/${own.draftId}`)
    expect(kept.content.body).toContain('Первая правка.\nВторая правка.')
    const sent = await ask<{ items: { name: string; status: string }[] }>(agency, 'GET', '/service-submissions')
    expect(sent.items[0]).toMatchObject({ name: 'Приложение.csv', status: 'accepted' })
    await berik.page.locator('[data-testid="save-status"][data-status="saved"]').waitFor()
    await shot(berik.page, 'proposal')
    await press(berik.page, 'На рецензию')
    await confirm(berik.page, 'На рецензию')
    await berik.page.getByTestId('draft-state').getByText('на рецензии').waitFor()
    await supervisor.page.goto(new URL(berik.page.url()).pathname)
    await press(supervisor.page, 'Одобрить')
    await confirm(supervisor.page, 'Одобрить')
    await supervisor.page.getByTestId('draft-state').getByText('одобрен').waitFor()
    await berik.page.reload()
    await press(berik.page, 'Опубликовать')
    await confirm(berik.page, 'Опубликовать')
    await berik.page.waitForURL(/\/articles\//)

    // The agency answers one request with words; the desk of the centre sees the other.
    await agency.page.goto('/services/deadlines')
    const requests = agency.page.getByTestId('update-request')
    await requests.first().waitFor()
    await expect.poll(() => requests.count()).toBe(2)
    expect(await seriousFindings(agency.page)).toEqual([])
    await shot(agency.page, 'agency-requests')
    await requests.first().getByRole('button', { name: 'Изменений не требуется' }).click()
    await agency.page.getByLabel('Почему изменений не требуется').fill('Услуга не связана с этими пунктами')
    await confirm(agency.page, 'Ответить')
    await agency.page.getByText('Ответ записан').waitFor()
    await expect.poll(() => requests.count()).toBe(1)

    // And the operator reads the new text, unwarned.
    await operator.page.goto('/')
    await type(operator.page, QUESTION)
    await hits(operator.page).filter({ hasText: 'пяти рабочих дней' }).first().waitFor()
    await answered(operator.page)
    await expect.poll(() => operator.page.getByTestId('answer-status').getAttribute('data-status')).toBe('answered')
    // Of this point; another one that is still to be renewed says so.
    const renewed = hits(operator.page).filter({ hasText: 'пяти рабочих дней' }).first()
    expect(await renewed.getByTestId('source-changed').count()).toBe(0)
    expect(await answer(operator.page).getByTestId('source-changed').count()).toBe(0)
    for (const { complaints } of [aigul, berik, supervisor, agency, operator]) expect(complaints).toEqual([])
  }, 240_000)
})

/** Saves what a page shows into the directory of SHOTS, where somebody wants to look. */
async function shot(page: Page, name: string): Promise<void> {
  // oxlint-disable-next-line node/no-process-env
  const directory = process.env['SHOTS']
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true })
}
