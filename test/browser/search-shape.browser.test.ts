import { rm } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { contentWithPassports } from '../passport-act.ts'
import { field, hasBrowser, hits, openBrowser, type, visitAs as visit, type VisitOptions } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

/** Slow processors answer late, and not at all within the usual half a minute. */
const visitAs = async (browser: Browser, server: TestServer, role: string, options: VisitOptions = {}) => {
  const visited = await visit(browser, server, role, options)
  visited.page.setDefaultTimeout(90_000)
  return visited
}

const at = (q: string, more = '') => `/?q=${encodeURIComponent(q)}${more}`

describe.skipIf(!hasBrowser)('a list of hits as an operator reads it', { timeout: 240_000 }, () => {
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

  it('shows one of two texts of a provision; one key puts the other in its place, marked, said aloud, and back', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await page.goto(at('архивная выписка'))
    const row = page
      .getByTestId('hit-row')
      .filter({ has: page.getByTestId('hit-switch') })
      .first()
    await row.waitFor()
    const text = row.locator('.hit-text')
    await expect.poll(() => text.getAttribute('lang')).toBe('ru')
    const russian = await text.innerText()
    await row.getByTestId('hit').focus()
    await page.keyboard.press('l')
    await expect.poll(() => text.getAttribute('lang'), { timeout: 60_000 }).toBe('kk')
    expect(await text.innerText()).not.toBe(russian)
    await expect.poll(() => row.getByTestId('hit-said').innerText()).toContain('Показан текст на казахском языке')
    await expect.poll(() => row.getByTestId('hit-switch').getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => row.getByTestId('hit').getAttribute('href')).toContain('lang=kk')
    await expect.poll(() => row.getByTestId('hit').evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('l')
    await expect.poll(() => text.innerText(), { timeout: 60_000 }).toBe(russian)
    await row.getByTestId('hit-switch').click()
    await expect.poll(() => text.getAttribute('lang'), { timeout: 60_000 }).toBe('kk')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows the text in the language of the interface where the query has none', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { locale: 'kk-KZ' })
    await page.goto(at('п. 1'))
    const row = page
      .getByTestId('hit-row')
      .filter({ has: page.getByTestId('hit-switch') })
      .first()
    await row.waitFor()
    await expect.poll(() => row.locator('.hit-text').getAttribute('lang')).toBe('kk')
    await expect.poll(() => row.getByTestId('hit-switch').innerText()).toContain('Орысша')
    await context.close()
  })

  it('puts further hits of an article under its first one; → opens them, ← puts them away', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(at('услуги'))
    const group = page.getByTestId('hit-group').first()
    await group.waitFor()
    await expect.poll(() => group.innerText()).toMatch(/ещё \d+ в этой статье/u)
    const count = Number(/\d+/u.exec(await group.innerText())?.[0])
    const before = await hits(page).count()
    const row = page
      .getByTestId('hit-row')
      .filter({ has: page.getByTestId('hit-group') })
      .first()
    await row.getByTestId('hit').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => hits(page).count(), { timeout: 60_000 }).toBe(before + count)
    await expect.poll(() => group.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(() =>
        page
          .locator('.hit-under')
          .first()
          .getByTestId('hit')
          .evaluate((element) => element === document.activeElement),
      )
      .toBe(true)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => hits(page).count(), { timeout: 60_000 }).toBe(before)
    await context.close()
  })

  it('offers facets that have more than one value, by keyboard, and keeps them in the address', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await page.goto(at('выписка'))
    const kind = page.getByLabel('Вид текста')
    await kind.waitFor()
    const options = await kind.locator('option').allInnerTexts()
    expect(options.slice(1).every((option) => /\(\d+\)$/u.test(option))).toBe(true)
    expect(options.length).toBeGreaterThan(2)
    await kind.focus()
    await kind.selectOption('passport')
    await page.waitForURL(/kind=passport/u)
    await expect
      .poll(async () => (await page.locator('.hit-label').allInnerTexts()).join(' '), { timeout: 60_000 })
      .toMatch(/Перечн/u)
    await expect
      .poll(async () => (await page.locator('.hit-label').allInnerTexts()).every((label) => /Переч/u.test(label)), {
        timeout: 60_000,
      })
      .toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await page.reload()
    await hits(page).first().waitFor()
    await expect.poll(() => page.getByLabel('Вид текста').inputValue()).toBe('passport')
    await page.getByRole('button', { name: 'Снять фильтры' }).click()
    await page.waitForURL((url) => !url.search.includes('kind='))
    expect(complaints).toEqual([])
    await context.close()
  })

  it('says that a passage is in the other language than the question', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(at('сөйлесу жазбасын қанша сағатта береді'))
    await page.getByTestId('hit-foreign').first().waitFor()
    await expect.poll(() => page.getByTestId('hit-foreign').first().innerText()).toBe('на русском языке')
    await expect.poll(() => page.getByTestId('across-languages').innerText()).toContain('На языке вопроса нашлось мало')
    await context.close()
  })

  it('undoes a correction from the field with one key, and keeps to it while one types on', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/')
    await type(page, 'раговор')
    await page.getByText('Показано для «разговор').waitFor()
    await expect.poll(() => page.locator('.correction').innerText()).toContain('Alt U')
    await page.keyboard.press('Alt+u')
    await page.locator('.correction').waitFor({ state: 'hidden' })
    await expect.poll(() => field(page).inputValue()).toBe('раговор')
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.waitForURL(/verbatim=1/u)
    await page.keyboard.type(' оператора', { delay: 20 })
    await page.waitForURL(/%D0%BE%D0%BF|оп/u)
    await hits(page).first().waitFor()
    expect(page.url()).toContain('verbatim=1')
    expect(await page.locator('.correction').count()).toBe(0)
    await field(page).fill('запись раговора')
    await page.locator('.correction').waitFor()
    await page.waitForURL((url) => !url.search.includes('verbatim'))
    await context.close()
  })

  it('tells an editor in words why a point that the query names is first, and an operator nothing', async () => {
    const { context, page } = await visitAs(browser, server, 'editor')
    await page.goto(at('п. 23'))
    const why = page.locator('.why').first()
    await why.waitFor()
    await why.locator('summary').click()
    await why.getByText('запрос называет этот пункт').waitFor()
    const words = await why.innerText()
    expect(words).toContain('решают слова')
    expect(words).toContain('встретились')
    expect(words).toContain('всего по словам')
    await page.goto(at('«запись разговора» оператора'))
    await page.locator('.why').first().locator('summary').click()
    const quoted = page.locator('.why').first()
    await quoted.getByText('слова в кавычках стоят здесь подряд').waitFor()
    // A phrase that is there leaves meaning no say.
    expect(await quoted.innerText()).not.toContain('веса')
    await page.goto(at('запись разговора оператора'))
    await page.locator('.why').first().locator('summary').click()
    await page.locator('.why').first().getByText('веса: слова 1').waitFor()
    const operator = await visitAs(browser, server, 'operator')
    await operator.page.goto(at('п. 23'))
    await hits(operator.page).first().waitFor()
    expect(await operator.page.locator('.why').count()).toBe(0)
    await operator.context.close()
    await context.close()
  })

  it.each([
    {
      locale: 'ru-RU' as const,
      corrected: 'Показано для «разговор',
      why: 'запрос называет этот пункт',
      other: 'На казахском',
      across: 'На языке вопроса нашлось мало',
      foreign: 'на русском языке',
    },
    {
      locale: 'kk-KZ' as const,
      corrected: '» бойынша көрсетілді',
      why: 'сұрау осы тармақты атайды',
      other: 'Қазақша',
      across: 'Сұрақ тілінде табылғаны аз',
      foreign: 'орыс тілінде',
    },
    {
      locale: 'en-GB' as const,
      corrected: 'Showing results for “разговор',
      why: 'the query names this point',
      other: 'In Kazakh',
      across: 'Little was found in the language of the question',
      foreign: 'in Russian',
    },
  ])('corrects, explains and leads to the other language in the words of $locale', async (says) => {
    const { context, page, complaints } = await visitAs(browser, server, 'editor', { locale: says.locale })
    await page.goto(at('раговор'))
    await page.locator('.correction').getByText(says.corrected).waitFor()
    await expect.poll(() => page.locator('.correction').innerText()).toContain('Alt U')
    await page.goto(at('п. 23'))
    await page.locator('.why').first().locator('summary').click()
    await page.locator('.why').first().getByText(says.why).waitFor()
    await page.goto(at('архивная выписка'))
    const other = page.getByTestId('hit-switch').first()
    await other.waitFor()
    await expect.poll(() => other.innerText()).toContain(says.other)
    await page.goto(at('сөйлесу жазбасын қанша сағатта береді'))
    await page.getByTestId('hit-foreign').first().waitFor()
    await expect.poll(() => page.getByTestId('hit-foreign').first().innerText()).toBe(says.foreign)
    await expect.poll(() => page.getByTestId('across-languages').innerText()).toContain(says.across)
    expect(complaints).toEqual([])
    await context.close()
  })
})
