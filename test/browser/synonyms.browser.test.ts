import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { field, hasBrowser, hits, openBrowser, type, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

/** Callers say it, no text does. */
const WORD = 'гуделка'

describe.skipIf(!hasBrowser)('an editor who teaches the search a word', () => {
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

  it('sees what it would change before saving, saves it with a reason, and an operator finds by it at once; undone, no more', async () => {
    const { page, context, complaints } = await visitAs(browser, server, 'editor')
    await page.goto('/editorial')
    await page.getByRole('link', { name: 'Синонимы' }).click()
    await page.getByTestId('synonym-group').first().waitFor()
    // The keyboard alone: find the group of days off, look into it.
    await field(page).fill('звонок')
    await page.getByTestId('synonym-group').first().getByText('звонок', { exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByTestId('synonym-editor').waitFor()
    expect(page.url()).toContain('group=')
    await expect.poll(() => page.getByLabel('Равные слова, по-русски').inputValue()).toContain('дозвониться')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'synonyms-group')

    // From the log: what somebody searched for is tried with the new words.
    await page.goto(`/synonyms?example=${encodeURIComponent(`${WORD} 1414`)}`)
    await page.getByText(`Искали: «${WORD} 1414»`).waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('synonym-group').first().focus()
    await page.keyboard.press('n')
    await expect
      .poll(() => page.getByLabel('Равные слова, по-русски').evaluate((element) => element === document.activeElement))
      .toBe(true)
    await page.keyboard.type(`${WORD}\nвыходной`)
    await page.getByLabel('Равные слова, по-казахски').fill('демалыс күні')
    await expect.poll(() => page.getByRole('button', { name: 'Сохранить' }).isDisabled()).toBe(true)
    await page.keyboard.press('Control+Enter')
    const preview = page.getByTestId('synonym-preview')
    await preview.waitFor()
    const result = preview.getByTestId('preview-result').filter({ hasText: `«${WORD}»` })
    await expect.poll(() => result.getAttribute('data-changed')).toBe('true')
    await expect.poll(() => result.locator('.preview-side').nth(1).innerText()).toMatch(/выходн/u)
    await preview.getByText('ваш пример').waitFor()
    await preview.getByTestId('synonym-warnings').getByText(`Нет в базе: «${WORD}»`).waitFor()
    await expect.poll(() => preview.getByRole('row').filter({ hasText: 'выходной' }).innerText()).toContain('выходных')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'synonyms-preview')

    // The reason has the focus; words changed after the preview must be looked at again.
    await page.keyboard.type('Так говорят звонящие')
    await expect.poll(() => page.getByRole('button', { name: 'Сохранить' }).isEnabled()).toBe(true)
    await page.getByLabel('Вес синонима').fill('0,8')
    await expect.poll(() => page.getByRole('button', { name: 'Сохранить' }).isDisabled()).toBe(true)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => page.getByRole('button', { name: 'Сохранить' }).isEnabled()).toBe(true)
    await page.keyboard.press('Control+s')
    await page.getByText('поиск уже ищет по-новому').waitFor()
    await page
      .getByText(/Так говорят звонящие/u)
      .first()
      .waitFor()

    const operator = await visitAs(browser, server, 'operator')
    await operator.page.goto('/')
    await type(operator.page, WORD)
    await hits(operator.page)
      .filter({ hasText: /выходн/u })
      .first()
      .waitFor()

    // Faults are told with the words they are about.
    await page.getByLabel('Равные слова, по-русски').fill(`${WORD}\n${WORD}`)
    await page.keyboard.press('Control+Enter')
    await page.getByText(`«${WORD}» уже есть в этой группе`).waitFor()
    await page.reload()

    await page.getByLabel('Зачем').fill('Проверка')
    await page.getByRole('button', { name: 'Отменить последнее изменение' }).click()
    await page.locator('h2 + .synonym-removed').waitFor()
    await page.getByText('История (2)').click()
    await shot(page, 'synonyms-history')
    await operator.page.reload()
    await expect
      .poll(() =>
        hits(operator.page)
          .filter({ hasText: /выходн/u })
          .count(),
      )
      .toBe(0)

    const file = await context.request.get('/api/v1/synonyms/files/kk')
    expect(file.headers()['content-disposition']).toContain('synonyms.kk.yaml')
    expect(await file.text()).toContain('lang: kk')
    await operator.page.goto('/synonyms')
    await operator.page.getByText('Такой страницы нет').waitFor()
    expect([...complaints, ...operator.complaints]).toEqual([])
  })

  it.each([
    { locale: 'kk-KZ' as const, remove: 'Топты алып тастау', show: 'Не өзгеретінін көрсету' },
    { locale: 'en-GB' as const, remove: 'Remove the group', show: 'Show what changes' },
  ])('is readable in the dark, in the words of $locale, on a narrow screen', async ({ locale, remove, show }) => {
    const { page } = await visitAs(browser, server, 'editor', { locale, colorScheme: 'dark', width: 760 })
    page.setDefaultTimeout(90_000)
    await page.goto('/synonyms?group=e-mail')
    await page.getByTestId('synonym-editor').waitFor()
    await page.getByRole('button', { name: remove }).click()
    await page.getByRole('button', { name: show }).click()
    await page.getByTestId('synonym-preview').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await shot(page, `synonyms-${locale}`)
  })
})

async function shot(page: Page, name: string): Promise<void> {
  // oxlint-disable-next-line node/no-process-env
  const directory = process.env['SHOTS']
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true })
}
