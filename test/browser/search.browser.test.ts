import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import {
  answer,
  answered,
  field,
  hasBrowser,
  hits,
  openBrowser,
  signInOf,
  type,
  visit,
  visitAs,
} from './open-browser.ts'

const QUESTION = 'в какой срок отвечают на письмо'

describe.skipIf(!hasBrowser)('an operator with a citizen on the line', () => {
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

  it('signs in, types, and stands at the cited point with the quote marked', async () => {
    const { context, page, complaints } = await visit(browser, server)
    const { email, password } = signInOf(server, 'operator')
    await page.goto('/')
    await page.waitForURL('**/sign-in')
    await page.getByLabel('Электронная почта').fill(email)
    await page.getByLabel('Пароль').fill(password)
    await page.keyboard.press('Enter')
    await field(page).waitFor()
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true)

    await type(page, 'сро')
    await hits(page).first().waitFor()
    await page.keyboard.press('Escape')
    await type(page, QUESTION)
    await answered(page)
    const shown = await answer(page).innerText()
    expect(shown).toContain('двух рабочих дней')
    expect(shown).toContain('п. 8')
    expect(shown).toContain('04.10.2022')
    expect(page.url()).toContain('q=')

    await page.keyboard.press('Alt+1')
    await page.waitForURL('**/articles/**')
    const mark = page.getByTestId('quote-mark').first()
    await mark.waitFor()
    await expect.poll(() => mark.innerText()).toContain('двух рабочих дней')
    expect(new URL(page.url()).hash).toContain('para_8')
    await expect
      .poll(() => mark.evaluate((element) => element.getBoundingClientRect().bottom < window.innerHeight))
      .toBe(true)
    await expect.poll(() => page.getByTestId('article').innerText()).toContain('368/НҚ')

    await page.reload()
    await page.getByTestId('quote-mark').first().waitFor()

    await page.goBack()
    await answered(page)
    await expect.poll(() => field(page).inputValue()).toBe(QUESTION)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows the verbatim quote when the citation has the focus, and copies the answer with its grounds', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(`/?q=${encodeURIComponent(QUESTION)}`)
    await answered(page)
    await page.getByTestId('citation').first().focus()
    const quote = page.getByRole('tooltip').first()
    await expect.poll(() => quote.isVisible()).toBe(true)
    await expect.poll(() => quote.innerText()).toContain('в течение двух рабочих дней')
    await page.keyboard.press('Escape')
    expect(await quote.isVisible()).toBe(false)
    await page.keyboard.press('c')
    await page.getByText('Ответ скопирован').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain('двух рабочих дней')
    expect(copied).toMatch(/\[1\].*п\. 8/)
    await context.close()
  })

  it('keeps what was typed to the moment a hit is opened, for the way back', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/')
    await type(page, 'обращени')
    await hits(page).nth(1).waitFor()
    await page.waitForURL(/[?]q=/)
    // Opened before the address has what was typed last.
    await page.evaluate(async () => {
      document.execCommand('insertText', false, 'е')
      await new Promise((resolve) => void setTimeout(resolve))
      if (new URLSearchParams(location.search).get('q') !== 'обращени') throw new Error('already in the address')
      document.querySelector<HTMLElement>('[data-testid=hit]')?.click()
    })
    await page.getByTestId('article').waitFor()
    await page.keyboard.press('Escape')
    await hits(page).first().waitFor()
    await expect.poll(() => field(page).inputValue()).toBe('обращение')
    await context.close()
  })

  it('works with the keyboard alone, in any layout', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/')
    await type(page, 'обращение')
    await hits(page).nth(1).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(() =>
        hits(page)
          .nth(1)
          .evaluate((element) => element === document.activeElement),
      )
      .toBe(true)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/articles/**')
    await page.getByTestId('article').waitFor()
    await page.keyboard.press('Escape')
    await hits(page).first().waitFor()
    await expect.poll(() => field(page).inputValue()).toBe('обращение')

    // The key with / on it gives a full stop in the Russian layout.
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      window.dispatchEvent(new KeyboardEvent('keydown', { key: '.', code: 'Slash', bubbles: true, cancelable: true }))
    })
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => field(page).inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.waitForURL('**/acts')
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await field(page).waitFor()
    await context.close()
  })

  it('says honestly that there is no answer, and whose question it is', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/')
    await type(page, 'как получить адресную справку')
    const refusal = page.getByTestId('refusal')
    await refusal.waitFor()
    await expect.poll(() => page.getByTestId('answer-status').getAttribute('data-status')).toBe('no_answer')
    await expect.poll(() => refusal.innerText()).toContain('Государственная корпорация')
    await expect.poll(() => refusal.innerText()).toContain('1414')
    await context.close()
  })

  it('keeps only the newest question when one types on', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/')
    await type(page, 'как получить адресную справку')
    await page.getByTestId('refusal').waitFor()
    await field(page).fill(QUESTION)
    await page
      .locator(
        '[data-testid="answer-status"][data-status="answered"], [data-testid="answer-status"][data-status="partial"]',
      )
      .waitFor()
    await expect.poll(() => answer(page).innerText()).toContain('двух рабочих дней')
    expect(await page.getByTestId('refusal').count()).toBe(0)
    await context.close()
  })

  it('shows the law of another day with a banner that says so', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(`/?q=${encodeURIComponent('срок ответа')}`)
    await hits(page).first().waitFor()
    await page.getByLabel('На дату').fill('01.01.2015')
    await page.keyboard.press('Enter')
    await page.getByText('Показано то, что действовало 01.01.2015').waitFor()
    expect(page.url()).toContain('asOf=2015-01-01')
    await page.getByText('По запросу «срок ответа» ничего не найдено.').waitFor()
    await page.getByRole('button', { name: 'Вернуться к сегодняшнему дню' }).click()
    await hits(page).first().waitFor()
    await context.close()
  })

  it('speaks three languages and remembers the choice', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { locale: 'kk-KZ' })
    await page.goto('/')
    await page.getByPlaceholder('Азамат не туралы сұрап тұр?').waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('kk')
    await page.getByRole('button', { name: 'Eng' }).click()
    await page.getByPlaceholder('What is the caller asking about?').waitFor()
    await type(page, 'телефон')
    await page.getByText(/passages? found/).waitFor()
    await expect.poll(() => hits(page).first().locator('.hit-text').getAttribute('lang')).toBe('ru')
    // The address follows the typing a moment later than the results do.
    await page.waitForURL(/[?&]q=/)
    await page.reload()
    await page.getByPlaceholder('What is the caller asking about?').waitFor()
    await page.getByRole('button', { name: 'Рус' }).first().click()
    await page.getByText(/Найден/).waitFor()
    await context.close()
  })

  it('is dark where the system is, and light or dark by choice', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { colorScheme: 'dark' })
    await page.goto('/')
    await field(page).waitFor()
    const lightness = () =>
      page.evaluate(() => {
        const [red = 0] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)?.map(Number) ?? []
        return red
      })
    await expect.poll(lightness).toBeLessThan(60)
    await page.getByTestId('theme-switch').click()
    await expect.poll(lightness).toBeGreaterThan(200)
    await page.reload()
    await field(page).waitFor()
    await expect.poll(lightness).toBeGreaterThan(200)
    await context.close()
  })

  it('fits a phone without scrolling sideways', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { width: 375, height: 740 })
    const sideways: string[] = []
    for (const path of [`/?q=${encodeURIComponent(QUESTION)}`, '/articles', '/acts']) {
      await page.goto(path)
      await page.locator('main').waitFor()
      await page.waitForLoadState('networkidle')
      if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) sideways.push(path)
    }
    expect(sideways).toEqual([])
    await context.close()
  })
})
