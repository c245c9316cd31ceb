import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amendedRules } from '#test/amended-rules.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, visitAs, type Visit } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

describe.skipIf(!hasBrowser)('a request to an agency that was asked by mistake', () => {
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    server = await startTestServer({}, { now: () => new Date('2026-12-01T07:00:00Z') })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** Posts with a page's session. */
  async function post({ context }: Visit, path: string, body: { data: unknown } | { multipart: FormData }) {
    const response = await context.request.post(`/api/v1${path}`, { headers: { origin: server.url }, ...body })
    expect(response.status(), await response.text()).toBeLessThan(300)
  }

  it('is withdrawn with a reason by the keyboard alone, read by its agency, and brought back', async () => {
    const agency = await visitAs(browser, server, 'agency')
    const editor = await visitAs(browser, server, 'editor')
    await post(agency, '/service-submissions?name=a.json', {
      data: [
        {
          registryNumber: '00101001',
          name: 'Выдача справки',
          byLaw: 'приказ от 26 января 2016 года № 83',
          changes: 'приказ от 04.10.2022 № 368/НҚ; приказ от 28.07.2023 № 292/НҚ; приказ от 02.11.2026 № 8',
          webResource: 'https://egov.kz',
          responsible: 'Ахметов Серик Болатович, главный специалист',
          contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
        },
      ],
    })
    const form = new FormData()
    form.set('file', new File([await amendedRules()], 'contact-centre-rules.ru.txt', { type: 'text/plain' }))
    form.set('dryRun', 'false')
    await post(editor, '/act-imports', { multipart: form })

    const { page } = editor
    await page.goto('/services/deadlines')
    const open = page.locator('[data-testid="update-request"][data-state="open"]')
    await open.first().waitFor()
    await expect.poll(() => open.count()).toBe(1)
    await open.getByRole('button', { name: 'Отозвать запрос' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    const submit = dialog.getByRole('button', { name: 'Отозвать запрос' })
    await submit.focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('Заполните поле.').waitFor()
    await dialog.getByLabel('Почему запрос отозван').focus()
    await page.keyboard.type('Запрошено по ошибке')
    expect(await seriousFindings(page)).toEqual([])
    await submit.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Запрос отозван').first().waitFor()
    await expect.poll(() => open.count()).toBe(0)

    // Its agency reads why, and has no say in it.
    await agency.page.goto('/services')
    await agency.page.getByTestId('service').getByRole('link').first().click()
    const read = agency.page.locator('[data-testid="update-request"][data-state="withdrawn"]')
    await read.getByText('Запрошено по ошибке').first().waitFor()
    expect(await read.getByRole('button').count()).toBe(0)

    await page.getByRole('button', { name: 'Все запросы' }).focus()
    await page.keyboard.press('Enter')
    const withdrawn = page.locator('[data-testid="update-request"][data-state="withdrawn"]')
    await withdrawn.getByText('История запроса').click()
    await withdrawn.getByTestId('request-history').getByText('отозвано').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await withdrawn.getByRole('button', { name: 'Вернуть запрос' }).click()
    await dialog.getByLabel('Почему запрос возвращён').fill('Отозван зря')
    await dialog.getByRole('button', { name: 'Вернуть запрос' }).click()
    await page.getByText('Запрос снова открыт').first().waitFor()
    await expect.poll(() => open.count()).toBe(1)
    // The history stays open where it was opened.
    await open.getByTestId('request-history').getByText('Отозван зря').waitFor()
    for (const { complaints } of [agency, editor]) expect(complaints).toEqual([])
  }, 240_000)
})
