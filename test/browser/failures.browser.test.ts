import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { answered, field, hasBrowser, hits, openBrowser, signInOf, type, visit, visitAs } from './open-browser.ts'

describe.skipIf(!hasBrowser)('when something goes wrong', () => {
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

  it('tells a wrong password in place', async () => {
    const { context, page } = await visit(browser, server)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.getByText('Введите адрес почты.').waitFor()
    await page.getByLabel('Электронная почта').fill(signInOf(server, 'operator').email)
    await page.getByLabel('Пароль').fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('Почта или пароль не подходят').waitFor()
    expect(await page.getByText('организации').count()).toBe(0)
    await context.close()
  })

  it('changes a password, and says what is wrong beside the field', async () => {
    const { context, page } = await visitAs(browser, server, 'editor')
    await page.goto('/articles')
    await page.getByRole('button', { name: 'сменить пароль' }).click()
    const dialog = page.getByRole('dialog', { name: 'Сменить пароль' })
    await dialog.getByLabel('Текущий пароль').fill('not the password')
    await dialog.getByLabel('Новый пароль').fill('short')
    await page.keyboard.press('Enter')
    await dialog.getByText('Новый пароль должен быть не короче').waitFor()
    await dialog.getByLabel('Новый пароль').fill('a longer new password')
    await page.keyboard.press('Enter')
    await dialog.getByText('Текущий пароль неверен.').waitFor()
    await dialog.getByLabel('Текущий пароль').fill(signInOf(server, 'editor').password)
    await page.keyboard.press('Enter')
    await page.getByText('Пароль изменён').waitFor()
    expect(await dialog.count()).toBe(0)
    await context.close()
  })

  it('brings one back to where one was when the session has ended', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/?q=%D1%82%D0%B5%D0%BB%D0%B5%D1%84%D0%BE%D0%BD')
    await hits(page).first().waitFor()
    await context.clearCookies()
    await type(page, ' ответ')
    await page.waitForURL('**/sign-in?**')
    await page.getByText('Сеанс завершён').waitFor()
    const { email, password } = signInOf(server, 'operator')
    await page.getByLabel('Электронная почта').fill(email)
    await page.getByLabel('Пароль').fill(password)
    await page.keyboard.press('Enter')
    await field(page).waitFor()
    await expect.poll(() => field(page).inputValue()).toContain('телефон')
    await context.close()
  })

  it('says that the server is gone, keeps what is shown, and recovers by itself', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/?q=%D1%82%D0%B5%D0%BB%D0%B5%D1%84%D0%BE%D0%BD')
    await hits(page).first().waitFor()
    await context.setOffline(true)
    await type(page, ' ответ')
    const banner = page.getByText('Сервер не отвечает. Показано то, что уже загружено')
    await banner.waitFor()
    await expect.poll(() => hits(page).count()).toBeGreaterThan(0)
    await context.setOffline(false)
    await banner.waitFor({ state: 'hidden', timeout: 15_000 })
    await hits(page).first().waitFor()
    await context.close()
  })

  it('shows what the server refused, what to do, and the number of the request', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.route('**/api/v1/search?*', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          code: 'internal',
          title: 'Внутренняя ошибка',
          detail: '',
          status: 500,
          requestId: 'req_of_the_test',
        }),
      }),
    )
    await page.goto('/')
    await type(page, 'телефон')
    await page.getByText('Внутренняя ошибка').waitFor()
    await page.getByText('req_of_the_test').waitFor()
    await page.unroute('**/api/v1/search?*')
    await page.getByRole('button', { name: 'Повторить' }).click()
    await hits(page).first().waitFor()
    await context.close()
  })

  it('answers an unknown address and an unknown article plainly', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/no/such/page')
    await page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
    await page.goto('/articles/art_nothing')
    await page.getByRole('alert').first().waitFor()
    await page.goto('/admin')
    await page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
    await context.close()
  })

  it('shows the same answer, without asking again, when one comes back', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/answers')) asked += 1
    })
    await page.goto('/')
    // At once: whoever types slowly is answered on the way.
    await field(page).fill('куда звонить бесплатно')
    await answered(page)
    await page.getByRole('link', { name: 'Акты' }).click()
    await page.getByRole('link', { name: /Правила деятельности/ }).waitFor()
    await page.goBack()
    await answered(page)
    await expect.poll(() => field(page).inputValue()).toBe('куда звонить бесплатно')
    expect(asked).toBe(1)
    await context.close()
  })
})
