import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, hits, openBrowser, visitAs } from './open-browser.ts'

const VERSION = {
  lang: 'ru',
  title: 'Как обратиться',
  validFromKnown: true,
  validTo: null,
  createdAt: '2026-01-10T04:00:00.000Z',
  publishedAt: '2026-01-10T04:00:00.000Z',
  withdrawnAt: null,
  withdrawnReason: null,
  state: 'published',
}

describe.skipIf(!hasBrowser)('reading', () => {
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

  it('reads an article: wording, honest date, history, and its point in the act', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await page.goto(`/?q=${encodeURIComponent('электронную почту')}`)
    await hits(page).filter({ hasText: 'п. 8' }).first().click()
    const article = page.getByTestId('article')
    await article.waitFor()
    const text = await article.innerText()
    expect(text).toContain('1414')
    expect(text).toContain('ред. приказа № 368/НҚ от 04.10.2022')
    expect(text).toContain('дата официального опубликования не внесена')
    await expect.poll(() => page.getByTestId('history').innerText()).toContain('Версия 1')
    expect(await page.getByRole('button', { name: 'Отозвать' }).count()).toBe(0)
    await page.getByRole('link', { name: 'п. 8 в акте' }).click()
    await page.waitForURL('**/acts/**')
    await page.locator('#chp_2__para_8[data-target="true"]').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows word by word what two versions differ in', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/articles')
    await page.getByRole('link', { name: /Как обратиться/ }).click()
    await page.getByTestId('article').waitFor()
    const articleId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    // The starter content has one version of everything; a second one is played by the test.
    const version = (number: number) => ({
      ...VERSION,
      articleId,
      versionId: `ver_${number}`,
      number,
      validFrom: `202${number}-01-01`,
      createdBy: 'Айгуль',
      publishedBy: 'Айгуль',
    })
    await page.route('**/versions?*', (route) =>
      route.fulfill({ json: { items: [version(2), version(1)], nextCursor: null } }),
    )
    await page.route('**/diff?*', (route) =>
      route.fulfill({
        json: {
          articleId,
          from: { versionId: 'ver_1', number: 1 },
          to: { versionId: 'ver_2', number: 2 },
          parts: [
            { kind: 'same', text: ':::provision{#chp_2__para_8 label="п. 8"}\nответ предоставляется в течение ' },
            { kind: 'removed', text: 'пяти' },
            { kind: 'added', text: 'двух' },
            { kind: 'same', text: ' рабочих дней.\n:::\n' },
          ],
          markdown: 'в течение <del>пяти</del><ins>двух</ins> рабочих дней.\n',
        },
      }),
    )
    await page.reload()
    const diff = page.getByTestId('version-diff')
    await diff.locator('ins').waitFor()
    await expect.poll(() => diff.locator('ins').innerText()).toContain('двух')
    await expect.poll(() => diff.locator('del').innerText()).toContain('пяти')
    await expect.poll(() => diff.innerText()).toContain('2 изменения')
    expect(await diff.innerText()).not.toContain(':::')
    await diff.getByRole('button', { name: 'Скопировать как Markdown', exact: true }).click()
    await page.getByText('Скопировано', { exact: true }).waitFor()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('в течение <del>пяти</del><ins>двух</ins> рабочих дней.\n')
    await context.close()
  })

  it('lets an editor withdraw an article, and only with a reason', async () => {
    const { context, page } = await visitAs(browser, server, 'editor')
    await page.goto('/articles')
    await page.getByRole('link', { name: /Ежемесячные отчёты/ }).click()
    await page.getByRole('button', { name: 'Отозвать' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Отозвать' }).click()
    await dialog.getByText('Напишите причину').waitFor()
    await dialog.getByLabel('Почему отзываете').fill('Ошибка в тексте, заменяем')
    await dialog.getByRole('button', { name: 'Отозвать' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Ошибка в тексте, заменяем').waitFor()
    await context.close()
  })

  it('reads an act: titles, chapters, points, forms, amendments, cross-references, raw text', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await page.goto('/acts')
    await page.getByRole('link', { name: /Правила деятельности/ }).click()
    const act = page.getByTestId('act')
    await act.waitFor()
    const text = await act.innerText()
    expect(text).toContain('13324')
    expect(text).toContain('Общие положения')
    expect(text).toContain('Регистрация обращений, поступивших на электронную почту')
    expect(text).toContain('292/НҚ')
    await expect.poll(() => act.locator('table.form-table').count()).toBe(2)
    await expect.poll(() => act.locator('#app_1__form th').count()).toBe(8)

    await act.locator('#chp_3__para_21 a', { hasText: 'пункт' }).first().click()
    await page.locator('#chp_3__para_20[data-target="true"]').waitFor()
    expect(new URL(page.url()).hash).toBe('#chp_3__para_20')

    await act
      .locator('#chp_2__para_8')
      .getByRole('button', { name: /как в источнике/ })
      .click()
    await act.locator('#chp_2__para_8 pre.raw').waitFor()

    await page.getByRole('navigation', { name: 'Содержание' }).getByRole('link', { name: 'п. 8', exact: true }).click()
    await page.locator('#chp_2__para_8[data-target="true"]').waitFor()
    await expect.poll(() => page.locator('#editions-title').count()).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })
})
