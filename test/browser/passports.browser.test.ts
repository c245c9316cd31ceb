import { rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { contentWithPassports } from '../passport-act.ts'
import { hasBrowser, hits, openBrowser, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

describe.skipIf(!hasBrowser)('service passports', () => {
  let server: TestServer
  let browser: Browser
  let content = ''

  beforeAll(async () => {
    content = await contentWithPassports()
    server = await startTestServer({ CONTENT_DIR: content }, { now: () => new Date('2026-11-25T06:00:00Z') })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await rm(content, { recursive: true, force: true })
  })

  const openFromAct = async (page: Page): Promise<void> => {
    await page.goto('/acts')
    await page.getByRole('link', { name: /архивной выписки/ }).click()
    await page.getByTestId('passport-list').getByRole('link', { name: 'Выдача архивной выписки' }).click()
    await page.getByTestId('passport').waitFor()
  }

  it('leads from the act to a passport with the term, fee, documents and hours, each with its place in the act', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await openFromAct(page)
    const glance = await page.getByTestId('passport-glance').innerText()
    expect(glance).toContain('3 рабочих дня')
    expect(glance).toContain('20 минут')
    expect(glance).toContain('Есть платное и бесплатное')
    expect(glance).toContain('2 МРП')
    expect(glance).toContain('Портал: круглосуточно')
    const documents = page.getByTestId('passport-documents')
    await expect.poll(() => documents.getByRole('heading').innerText()).toBe('Документы 4')
    await expect.poll(() => documents.innerText()).toContain('При обращении через портал:')
    await expect.poll(() => page.getByTestId('passport-other').innerText()).toContain('00900002')
    const term = page.getByTestId('passport-term')
    await expect.poll(() => term.innerText()).toContain('ред. приказа № 90 от 20.05.2025')
    await term.getByRole('link', { name: 'прил. 1, п. 3 Перечня' }).click()
    await page.locator('#app_1__row_3[data-target="true"]').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows Russian, Kazakh and both with one key, and goes back with another', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await openFromAct(page)
    const heading = page.getByRole('heading', { level: 1 })
    await page.keyboard.press('l')
    await expect.poll(() => heading.innerText()).toBe('Мұрағаттық үзінді беру')
    await page.keyboard.press('l')
    await expect.poll(() => heading.innerText()).toContain('Выдача архивной выписки')
    await expect.poll(() => page.getByTestId('passport-glance').count()).toBe(2)
    await expect.poll(() => page.getByTestId('passport-term').innerText()).toContain('3 (үш) жұмыс күні')
    await page.keyboard.press('Escape')
    await page.waitForURL(/\/acts\/act_[a-z0-9]+$/)
    await context.close()
  })

  it('is as of the day asked for, and warns where the texts differ on it', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await openFromAct(page)
    const { pathname } = new URL(page.url())
    await page.goto(`${pathname}?asOf=2025-06-01&lang=both`)
    const term = page.getByTestId('passport-term')
    await term.waitFor()
    await expect.poll(() => term.innerText()).toContain('15 (пятнадцать) календарных дней')
    await expect.poll(() => term.getByRole('note').innerText()).toContain('рабочие или календарные')
    await expect.poll(() => page.getByTestId('passport-glance').first().innerText()).toContain('15 календарных дней')
    await page.goto(`${pathname}?asOf=2024-01-01`)
    await page.getByText('На 01.01.2024 такого паспорта в акте нет.').waitFor()
    await context.close()
  })

  it('opens from a found row with P, at that row', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(`/?q=${encodeURIComponent('документы для архивной выписки')}&lang=ru`)
    await hits(page).first().waitFor()
    await page.getByTestId('hit-passport').first().waitFor()
    await page.locator('.hit:has([data-testid="hit-passport"]) .hit-link').first().focus()
    await page.keyboard.press('p')
    await page.waitForURL(/passports\/app_1__table/)
    await page.locator('.passport-row[data-target="true"]').waitFor()
    await context.close()
  })

  it.each([
    ['light', 'ru-RU', 'Срок'],
    ['dark', 'kk-KZ', 'Мерзімі'],
    ['light', 'en-GB', 'Term'],
  ] as const)('has no serious accessibility findings: %s, %s', async (colorScheme, locale, word) => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator', { colorScheme, locale })
    await page.goto('/acts')
    await page.getByRole('link', { name: /архивной выписки|Мұрағаттық/ }).click()
    await page.getByTestId('passport-list').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    const { pathname } = new URL(page.url())
    await page.goto(`${pathname}/passports/app_1__table?lang=both&asOf=2025-06-01`)
    await page.getByTestId('passport').waitFor()
    await expect.poll(() => page.getByTestId('passport').innerText()).toContain(word)
    expect(await seriousFindings(page)).toEqual([])
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(width).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    await context.close()
  })
})
