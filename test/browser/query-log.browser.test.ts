import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { answered, hasBrowser, hits, openBrowser, type, visitAs, type Visit } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const QUESTION = 'в какой срок отвечают на письмо'
const UNKNOWN = 'zzqqxx wwvvkk'

describe.skipIf(!hasBrowser)('what people do not find', { timeout: 240_000 }, () => {
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

  const logged = async ({ context }: Visit, list: string) => {
    const response = await context.request.get(`/api/v1/query-log?list=${list}`)
    expect(response.status()).toBe(200)
    return (await response.json()) as { items: { text: string; opened: number; copied: number }[] }
  }

  it('what an operator opens and copies is told quietly; what fails reaches the editors’ page, and ways lead on from it', async () => {
    const operator = await visitAs(browser, server, 'operator')
    const editor = await visitAs(browser, server, 'editor')
    // Slow processors answer late.
    for (const { page } of [operator, editor]) page.setDefaultTimeout(90_000)
    const told: string[] = []
    operator.page.on('request', (request) => {
      if (request.url().endsWith('/query-log/uses')) told.push(request.postData() ?? '')
    })
    await operator.page.goto('/')
    await type(operator.page, QUESTION)
    await answered(operator.page)
    await hits(operator.page).first().click()
    await operator.page.getByTestId('article').waitFor()
    await operator.page.locator('.provision-text').first().selectText()
    await operator.page.keyboard.press('Control+c')
    await expect.poll(() => told.length).toBe(2)
    expect(told.map((body) => Object.keys(JSON.parse(body) as object).toSorted())).toEqual(
      [1, 2].map(() => ['action', 'passageId', 'queryId']),
    )
    await expect
      .poll(async () => (await logged(editor, 'frequent')).items.find(({ text }) => text === QUESTION))
      .toMatchObject({ opened: 1, copied: 1 })

    // A network that fails raises nothing: the answer is copied all the same.
    await operator.page.goBack()
    await answered(operator.page)
    await operator.page.route('**/query-log/uses', (route) => route.abort())
    await operator.page.getByTestId('citation').first().focus()
    await operator.page.keyboard.press('c')
    await operator.page.getByText('скопирован').first().waitFor()
    expect(await operator.page.locator('.banner').count()).toBe(0)
    await operator.page.unroute('**/query-log/uses')

    await operator.page.goto('/')
    await type(operator.page, UNKNOWN)
    await operator.page.locator('.nothing').waitFor()
    await operator.page.goto('/')
    await type(operator.page, 'выходной день')
    await hits(operator.page).first().waitFor()
    await expect.poll(async () => (await logged(editor, 'nothing-found')).items.length).toBe(1)

    await editor.page.goto('/editorial')
    await editor.page.getByRole('link', { name: 'Чего не нашли' }).waitFor()
    await shot(editor.page, 'desk')
    await editor.page.getByRole('link', { name: 'Чего не нашли' }).click()
    const row = editor.page.getByTestId('logged-query').filter({ hasText: UNKNOWN })
    await row.waitFor()
    await expect.poll(() => editor.page.getByRole('button', { name: 'Ничего не найдено 1' }).count()).toBe(1)
    expect(await seriousFindings(editor.page)).toEqual([])
    await shot(editor.page, 'query-log')

    // What was opened, from which place of the list, in the languages of the interface.
    await editor.page.keyboard.press('5')
    const frequent = editor.page.getByTestId('logged-query').filter({ hasText: QUESTION })
    await frequent.getByText('открытое стояло на месте 1').waitFor()
    await expect
      .poll(() => frequent.getByTestId('passages-used').getByRole('link').first().getAttribute('href'))
      .toMatch(/^\/articles\/.+#/u)
    await editor.page.getByTestId('places-opened').getByText('стояло первым: 1').waitFor()
    await editor.page.keyboard.press('7')
    await editor.page.getByText('В этом списке за эти дни пусто').waitFor()
    await editor.page.keyboard.press('1')

    // With the keyboard alone: the first question, its search, and back.
    await editor.page.keyboard.press('5')
    await editor.page.getByTestId('logged-query').filter({ hasText: QUESTION }).waitFor()
    expect(editor.page.url()).toContain('list=frequent')
    await editor.page.keyboard.press('1')
    await row.waitFor()
    await row.getByTestId('logged-text').focus()
    await editor.page.keyboard.press('Enter')
    await editor.page.locator('.nothing').waitFor()
    await editor.page.goBack()

    await row.getByRole('button', { name: 'Поставить задачу' }).click()
    await row.getByText('Задача открыта').waitFor()
    await row.getByRole('link', { name: 'Написать статью' }).click()
    await expect
      .poll(() => editor.page.getByLabel('Заголовок').inputValue())
      .toBe(UNKNOWN.slice(0, 1).toUpperCase() + UNKNOWN.slice(1))
    await editor.page.goBack()

    await row.getByRole('button', { name: 'Закрыть', exact: true }).click()
    await editor.page.getByLabel('Почему').fill('Набор случайных букв')
    expect(await seriousFindings(editor.page)).toEqual([])
    await editor.page.keyboard.press('Enter')
    await editor.page.getByText('В этом списке за эти дни пусто').waitFor()
    await editor.page.keyboard.press('6')
    await row.getByText('Набор случайных букв').waitFor()
    await row.getByRole('button', { name: 'Вернуть в списки' }).click()
    await row.waitFor({ state: 'detached' })
    await editor.page.keyboard.press('1')
    await row.waitFor()

    // Supervisors read it; operators have no such page.
    const supervisor = await visitAs(browser, server, 'supervisor', {
      locale: 'kk-KZ',
      colorScheme: 'dark',
      width: 820,
    })
    await supervisor.page.goto('/query-log')
    await supervisor.page.getByTestId('logged-query').first().waitFor()
    expect(await supervisor.page.getByRole('link', { name: 'Мақала жазу' }).count()).toBe(0)
    await supervisor.page.getByTestId('places-opened').getByText('бірінші тұрды: 1').waitFor()
    expect(await seriousFindings(supervisor.page)).toEqual([])
    await shot(supervisor.page, 'query-log-kk')
    const reader = await visitAs(browser, server, 'supervisor', { locale: 'en-GB' })
    await reader.page.goto('/query-log?list=frequent')
    await reader.page.getByText('The best one opened stood first: 1').waitFor()
    await reader.page.getByText('the opened one stood at place 1').first().waitFor()
    for (const list of ['Nothing found', 'Weak hits', 'Has a task', 'Opened, not the first'])
      await expect
        .poll(() => reader.page.getByRole('button', { name: new RegExp(`^${list} \\d`, 'u') }).count())
        .toBe(1)
    await operator.page.goto('/query-log')
    await operator.page.getByText('Такой страницы нет').waitFor()
    expect([...editor.complaints, ...supervisor.complaints]).toEqual([])
  })
})

async function shot(page: Page, name: string): Promise<void> {
  // oxlint-disable-next-line node/no-process-env
  const directory = process.env['SHOTS']
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true })
}
