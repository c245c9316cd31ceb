import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { answer, answered, hasBrowser, openBrowser, visitAs } from './open-browser.ts'

const guidance = (page: Page) => page.getByTestId('guidance')
const asks = async (page: Page, question: string): Promise<void> => {
  await page.goto(`/?q=${encodeURIComponent(question)}`)
  await answered(page)
}
/** Keys of the panel work outside of the field. */
const leaveField = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())

describe.skipIf(!hasBrowser)('a question that the knowledge base does not settle', () => {
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

  it('says whose it is, how to appeal, and where the call goes, with the point beside', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await asks(page, 'сколько стоит загранпаспорт')
    await expect.poll(() => guidance(page).innerText()).toMatch(/Министерство внутренних дел.*п\. 10/su)
    await asks(page, 'хочу подать жалобу на поликлинику')
    await expect.poll(() => guidance(page).getAttribute('data-kind')).toBe('appeal')
    await expect.poll(() => guidance(page).innerText()).toMatch(/www\.gov\.kz.*15 рабочих дней.*п\. 12/su)
    await asks(page, 'шағым жазғым келеді')
    await expect.poll(() => guidance(page).locator('[lang=kk]').innerText()).toContain('www.gov.kz')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('names nobody where nobody is known to decide, and says what to do next', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await asks(page, 'какая завтра погода')
    expect(await answer(page).innerText()).not.toContain('Кому передать вопрос')
    await expect.poll(() => guidance(page).innerText()).toMatch(/не известно.*найдите его.*Нужен ответ/su)
    await guidance(page).getByRole('link', { name: 'Справочник органов' }).click()
    await page.getByTestId('agency').first().waitFor()
    expect(await page.getByRole('button', { name: 'Изменить контакты' }).count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('an administrator enters how a body is reached, by the keyboard; operators see it', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'admin')
    await page.goto('/agencies?q=инфраструктуры')
    const card = page.getByTestId('agency').first()
    await card.getByText('не внесены').waitFor()
    await card.getByRole('button', { name: 'Изменить контакты' }).focus()
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: 'Добавить контакт' }).focus()
    await page.keyboard.press('Enter')
    const field = card.getByLabel('Контакт 1', { exact: true })
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.type('звоните нам')
    await card.getByLabel('Откуда они').fill('письмо от 25.11.2026')
    await page.keyboard.press('Enter')
    await card.getByText('Телефон: цифры').waitFor()
    await field.fill('8 (7172) 12-34-56')
    await page.keyboard.press('Enter')
    await card.getByRole('link', { name: '8 (7172) 12-34-56' }).waitFor()
    const edit = card.getByRole('button', { name: 'Изменить контакты' })
    await expect.poll(() => edit.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([])
    await context.close()
    const operator = await visitAs(browser, server, 'operator')
    await asks(operator.page, 'сколько стоит хостинг')
    await operator.page.getByRole('link', { name: '8 (7172) 12-34-56' }).waitFor()
    await operator.context.close()
  })

  it('names what the other language alone may answer with, one click from its words', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await asks(page, 'хатқа қанша күнде жауап береді')
    const found = page.getByTestId('other-language')
    await expect.poll(() => page.getByTestId('refusal').innerText()).toContain('тек орыс тілінде')
    await expect.poll(() => found.locator('[lang=ru]').first().innerText()).toMatch(/^п\. \d+/u)
    await found.getByRole('link', { name: /^п\. 8 / }).click()
    await page.locator('mark').filter({ hasText: 'в течение двух рабочих дней' }).first().waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('drafts a request once a state body is said to ask, to be changed and copied', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await asks(page, 'как получить доступ в ЕСЭДО')
    await expect.poll(() => guidance(page).innerText()).toContain('Я перевожу ваш звонок')
    await page.getByRole('button', { name: 'Спрашивает госорган' }).click()
    const draft = page.getByLabel('Текст проекта; его можно изменить')
    await draft.waitFor()
    await draft.fill((await draft.inputValue()).replace('[впишите орган]', 'Акимат города Алматы'))
    await page.getByRole('button', { name: 'Скопировать проект' }).click()
    await page.getByText('Проект скопирован').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/^Запрос государственного органа.*Акимат города Алматы.*как получить доступ в ЕСЭДО/su)
    await context.close()
  })

  it('transfers nothing to the operator’s own group, which the page remembers', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await asks(page, 'не могу войти в egov, забыл пароль')
    await page.getByRole('button', { name: 'Это моя группа' }).click()
    await page.locator('[data-testid=guidance][data-kind=unanswered]').waitFor()
    await page.reload()
    await answered(page)
    await expect.poll(() => guidance(page).getAttribute('data-kind')).toBe('unanswered')
    await page.getByRole('button', { name: 'Сменить на государственные услуги' }).click()
    await page.locator('[data-testid=guidance][data-kind=transfer]').waitFor()
    await context.close()
  })

  it('asks back once, and answers within what was chosen', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto(`/?q=${encodeURIComponent('какой срок')}`)
    await answered(page)
    const choices = page.getByTestId('clarify').getByRole('button')
    const label = await choices.first().innerText()
    await choices.first().focus()
    await page.keyboard.press('Enter')
    await page.getByText(`Только по: ${label}`).waitFor()
    await answered(page)
    await expect.poll(() => page.getByTestId('clarify').count()).toBe(0)
    await page.getByRole('button', { name: 'Искать везде' }).click()
    await page.getByTestId('clarify').waitFor()
    await context.close()
  })

  it('goes to the editors by one key and a reason; they find it with its count', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await asks(page, 'в какой срок отвечают на письмо')
    await leaveField(page)
    await page.keyboard.press('w')
    await page.getByLabel('Что неверно').fill('Срок изменили')
    await page.keyboard.press('Enter')
    await page.getByText('Передано редакторам.').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Неверно' }).getAttribute('aria-pressed')).toBe('true')
    // A changed mind replaces the word.
    await leaveField(page)
    await page.keyboard.press('i')
    await page.getByLabel('Чего не хватает').fill('Нет про выходные')
    await page.getByRole('button', { name: 'Отправить редакторам' }).click()
    await page.getByText('Передано редакторам.').waitFor()
    await asks(page, 'какая завтра погода')
    await leaveField(page)
    await page.keyboard.press('n')
    await page.getByText('Передано редакторам.').waitFor()
    await context.close()

    const editor = await visitAs(browser, server, 'editor')
    await editor.page.goto('/editorial')
    const tasks = editor.page.getByTestId('task')
    await tasks.filter({ hasText: 'Отзыв об ответе' }).waitFor()
    await expect
      .poll(() => tasks.filter({ hasText: 'Отзыв об ответе' }).innerText())
      .toMatch(/п\. 8, .*Нет про выходные.*неверно: 0, неполно: 1, нет ответа: 0/su)
    await expect
      .poll(() => tasks.filter({ hasText: 'какая завтра погода' }).first().innerText())
      .toContain('нет ответа: 1')
    const all = tasks.filter({ hasText: 'Отзыв об ответе' })
    await all.getByText('Все жалобы').click()
    await expect
      .poll(() => all.getByTestId('complaints').innerText())
      .toMatch(/Неполно: Нет про выходные.*«в какой срок отвечают на письмо»/su)
    await all.getByRole('link', { name: 'Запись ответа' }).first().click()
    const record = editor.page.getByTestId('answer-record')
    await record.getByText('«в какой срок отвечают на письмо»').waitFor()
    await expect.poll(() => record.innerText()).toMatch(/двух рабочих дней.*Просмотренные пункты.*п\. 8/su)
    expect(editor.complaints).toEqual([])
    await editor.context.close()
  })

  it('offers next what has an answer, by the keyboard too', async () => {
    const { context, page } = await visitAs(browser, server, 'operator')
    await asks(page, 'в какой срок отвечают на письмо')
    const next = page.getByTestId('next').getByRole('button').first()
    await next.waitFor()
    const question = await next.innerText()
    await next.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain(encodeURIComponent(question.split(' ')[0] ?? ''))
    await answered(page)
    await expect.poll(() => answer(page).getByTestId('sentence').count()).toBeGreaterThan(0)
    await context.close()
  })
})
