import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { answered, hasBrowser, hits, openBrowser, visit, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const QUESTION = encodeURIComponent('в какой срок отвечают на письмо')

describe.skipIf(!hasBrowser).each(['light', 'dark'] as const)('accessibility, %s', (colorScheme) => {
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    server = await startTestServer()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('has no serious findings on the sign-in page', async () => {
    const { context, page } = await visit(browser, server, { colorScheme })
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  })

  it('has none on the search page: empty, answered, refused, on another day, with help open', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { colorScheme })
    await page.goto('/')
    await page.locator('.start-item').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`/?q=${QUESTION}`)
    await answered(page)
    await hits(page).first().waitFor()
    await page.getByTestId('citation').first().focus()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`/?q=${encodeURIComponent('как получить адресную справку')}&asOf=2024-05-01`)
    await page.getByTestId('refusal').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  })

  it('has none on articles and acts', async () => {
    const { context, page } = await visitAs(browser, server, 'editor', { colorScheme })
    await page.goto(`/?q=${QUESTION}`)
    await answered(page)
    await page.keyboard.press('Alt+1')
    await page.getByTestId('quote-mark').first().waitFor()
    await page.locator('.version').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Отозвать' }).first().click()
    await page.getByRole('dialog').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto('/articles')
    await page.locator('.article-item').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto('/acts')
    await page.locator('.act-item').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('.act-item').first().click()
    await page.locator('table.form-table').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  })

  it('has none on the administrator’s page', async () => {
    const { context, page } = await visitAs(browser, server, 'admin', { colorScheme })
    await page.goto('/admin')
    await page.locator('.data-table').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  })
})
