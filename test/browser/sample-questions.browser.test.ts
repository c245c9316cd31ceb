import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amendedRules } from '#test/amended-rules.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const QUESTION = 'доколе эта мелодия играть будет'
const OTHER = 'кто вас гоняет за косяки'

describe.skipIf(!hasBrowser)('from a refused question to its point', () => {
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

  it('an editor ties it to a point from the query log, sees that it is answered now, and closes it; the operator is answered', async () => {
    const operator = await visitAs(browser, server, 'operator')
    const editor = await visitAs(browser, server, 'editor')
    const { page } = editor
    const ask = async (question: string) => {
      const response = await operator.context.request.post('/api/v1/answers', {
        data: { question },
        headers: { origin: server.url },
      })
      return (await response.json()) as { answerId: string; status: string }
    }
    expect((await ask(QUESTION)).status).toBe('no_answer')
    await page.goto('/query-log?list=not-answered')
    const row = page.getByTestId('logged-query').filter({ hasText: QUESTION })
    await row.waitFor()
    await row.getByRole('button', { name: 'Связать с пунктом' }).focus()

    // With the keyboard alone: look for the point, choose it, save.
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await expect.poll(() => dialog.getByLabel('Вопрос, как его задают').inputValue()).toBe(QUESTION)
    expect(await seriousFindings(page)).toEqual([])
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('среднее время ожидания ответа оператора')
    const point = dialog.getByRole('radio', { name: /^п\. 7 / })
    await point.waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: 'Связать с пунктом' }).isDisabled()).toBe(true)
    await page.keyboard.press('Tab')
    for (let at = 0; at < 12 && !(await point.isChecked()); at += 1)
      await page.keyboard.press(at === 0 ? 'Space' : 'ArrowDown')
    await expect.poll(() => point.isChecked()).toBe(true)
    await shot(page, 'tie-choose')
    await page.keyboard.press('Enter')
    const outcome = dialog.getByTestId('tie-outcome')
    await outcome.waitFor()
    await expect.poll(() => outcome.getAttribute('data-outcome')).toBe('answered')
    await expect.poll(() => outcome.innerText()).toContain('п. 7')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'tie-answered')

    // It is the first sentence of the point that is quoted: the second one answers, so that one is meant.
    await dialog.getByRole('button', { name: 'Убрать и выбрать другой' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Точнее').selectOption({ label: 'п. 7 ч. 2' })
    await dialog.getByRole('button', { name: 'Связать с пунктом' }).focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('тридцать секунд с момента поступления звонка').waitFor()
    await expect.poll(() => outcome.getAttribute('data-outcome')).toBe('answered')
    // It cites the chosen part: closing is next, with the same key.
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toBe('Закрыть вопрос')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.waitFor({ state: 'detached' })
    await page.keyboard.press('6')
    await row.getByText('Отвечает п. 7').waitFor()
    expect((await ask(QUESTION)).status).not.toBe('no_answer')

    // A wrong point is told honestly, and taken back at once.
    const refused = await ask(OTHER)
    expect(refused.status).toBe('no_answer')
    const judged = await operator.context.request.post(`/api/v1/answers/${refused.answerId}/feedback`, {
      data: { verdict: 'gap' },
      headers: { origin: server.url },
    })
    expect(judged.status()).toBe(200)
    await page.goto('/editorial')
    const task = page.getByTestId('task').filter({ hasText: OTHER })
    await task.getByRole('button', { name: 'Связать с пунктом' }).click()
    await dialog.getByLabel('Искать пункт').fill('в настоящих Правилах используются следующие основные понятия')
    await dialog
      .getByRole('radio', { name: /^п\. 3 / })
      .first()
      .check()
    await dialog.getByRole('button', { name: 'Связать с пунктом' }).click()
    await outcome.waitFor()
    await expect.poll(() => outcome.getAttribute('data-outcome')).toMatch(/^(?:refused|other)$/u)
    // Nothing says that the point answers, and nothing is closed by it; taking it back is next.
    expect(await dialog.getByRole('button', { name: 'Закрыть задачу' }).count()).toBe(0)
    await expect.poll(focused).toBe('Убрать и выбрать другой')
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Связать с пунктом' }).click()
    await outcome.waitFor()
    await dialog.getByRole('button', { name: 'Оставить открытым' }).click()
    await dialog.waitFor({ state: 'detached' })
    await task.getByRole('button', { name: 'Готово' }).click()
    await task.waitFor({ state: 'detached' })

    // All of them, and those of a point where it is read.
    await page.goto('/sample-questions')
    await expect.poll(() => page.getByTestId('sample-question').count()).toBe(2)
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'questions')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('Таких вопросов нет.').waitFor()
    expect([...editor.complaints, ...operator.complaints]).toEqual([])
    await editor.context.close()
    await operator.context.close()
  })

  it('that no point answers: the editor names what the act lacks, sees the refusal, closes it, and finds it among known gaps', async () => {
    const operator = await visitAs(browser, server, 'operator')
    const editor = await visitAs(browser, server, 'editor')
    const { page } = editor
    const question = 'чё по зарплате у ваших телефонисток'
    const ask = async () => {
      const response = await operator.context.request.post('/api/v1/answers', {
        data: { question },
        headers: { origin: server.url },
      })
      return (await response.json()) as { status: string; knownGap: string | null }
    }
    expect((await ask()).status).toBe('no_answer')
    await page.goto('/query-log?list=not-answered')
    const row = page.getByTestId('logged-query').filter({ hasText: question })
    await row.getByRole('button', { name: 'Связать с пунктом' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Ни один пункт не отвечает' }).focus()
    // With the keyboard alone.
    await page.keyboard.press('Enter')
    const name = dialog.getByLabel('Чего в акте нет')
    await name.waitFor()
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.type('зарплата операторов')
    await expect.poll(() => dialog.getByLabel('Акт', { exact: true }).inputValue()).not.toBe('')
    await shot(page, 'gap-say')
    await page.keyboard.press('Enter')
    const outcome = dialog.getByTestId('gap-outcome')
    await outcome.waitFor()
    await expect.poll(() => outcome.getAttribute('data-outcome')).toBe('refused')
    await expect.poll(() => outcome.innerText()).toContain('«зарплата операторов»')
    await shot(page, 'gap-refused')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Закрыть вопрос')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.waitFor({ state: 'detached' })
    await page.keyboard.press('6')
    await row.getByText('Известный пробел: зарплата операторов').waitFor()
    expect((await ask()).knownGap).toBe('зарплата операторов')

    await page.getByRole('link', { name: 'Известные пробелы' }).click()
    await page.getByRole('button', { name: 'Редакторов' }).click()
    const gap = page.getByTestId('known-gap').filter({ hasText: 'зарплата операторов' })
    await gap.getByText('Вопросы (1)').click()
    await gap.getByText(question, { exact: true }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'gaps')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('Таких пробелов нет.').waitFor()
    await page.getByRole('button', { name: 'Редакторов' }).click()
    await gap.getByText('Вопросы (1)').click()
    await gap.getByRole('button', { name: 'Убрать' }).click()
    await gap.waitFor({ state: 'detached' })
    expect((await ask()).knownGap).not.toBe('зарплата операторов')

    const supervisor = await visitAs(browser, server, 'supervisor', {
      locale: 'kk-KZ',
      colorScheme: 'dark',
      width: 820,
    })
    await supervisor.page.goto('/known-gaps')
    await supervisor.page.getByRole('heading', { name: 'Белгілі олқылықтар' }).waitFor()
    expect(await seriousFindings(supervisor.page)).toEqual([])
    await operator.page.goto('/known-gaps')
    await operator.page.getByText('Такой страницы нет').waitFor()
    expect([...editor.complaints, ...supervisor.complaints]).toEqual([])
    for (const { context } of [editor, supervisor, operator]) await context.close()
  })

  it('on the article a point shows its questions, those of files as such; an editor adds and removes, a supervisor reads', async () => {
    const editor = await visitAs(browser, server, 'editor')
    const { page } = editor
    const found = await editor.context.request.get(
      `/api/v1/search?q=${encodeURIComponent('среднее время ожидания ответа оператора')}&lang=ru`,
    )
    const { hits } = (await found.json()) as { hits: { articleId: string; citation: { eid: string } | null }[] }
    const articleId = hits.find(({ citation }) => citation?.eid === 'chp_2__para_7')?.articleId ?? ''
    const path = `/articles/${articleId}?lang=ru#chp_2__para_7`
    await page.goto(path)
    const own = page.locator('#chp_2__para_7').getByTestId('provision-questions').first()
    await own.waitFor()
    const count = async () => Number(/\((\d+)\)/u.exec(await own.innerText())?.[1])
    const before = await count()
    expect(before).toBeGreaterThan(1)
    await own.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('из файла contact-centre-rules.ru.yaml').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await dialog.getByLabel('Добавить вопрос').fill('чё так долго трубку не берёте')
    await page.keyboard.press('Enter')
    const row = dialog.getByTestId('sample-question').filter({ hasText: 'чё так долго' })
    await row.waitFor()
    await dialog.getByRole('status').getByText('Вопрос добавлен.').waitFor()
    await shot(page, 'point-questions')
    // The same again is refused in words.
    await dialog.getByLabel('Добавить вопрос').fill('Чё так долго трубку не берёте?')
    await page.keyboard.press('Enter')
    await dialog.getByText('Такой вопрос у этого пункта уже есть').waitFor()
    await row.getByRole('button', { name: 'Убрать' }).click()
    await row.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByTestId('article').waitFor()
    await expect.poll(count).toBe(before)

    // As of another day the questions are read, and nothing is tied to a text of that day.
    await page.goto(path.replace('?', '?asOf=2026-11-01&'))
    await own.click()
    await row.or(dialog.getByText('из файла contact-centre-rules.ru.yaml').first()).waitFor()
    expect(await dialog.getByLabel('Добавить вопрос').count()).toBe(0)

    const supervisor = await visitAs(browser, server, 'supervisor', {
      locale: 'kk-KZ',
      colorScheme: 'dark',
      width: 820,
    })
    await supervisor.page.goto(path)
    await supervisor.page.locator('#chp_2__para_7').getByTestId('provision-questions').first().click()
    await supervisor.page.getByTestId('sample-question').first().waitFor()
    expect(await supervisor.page.getByRole('button', { name: 'Қосу' }).count()).toBe(0)
    expect(await seriousFindings(supervisor.page)).toEqual([])
    const operator = await visitAs(browser, server, 'operator')
    await operator.page.goto(path)
    await operator.page.getByTestId('article').waitFor()
    expect(await operator.page.getByTestId('provision-questions').count()).toBe(0)
    await operator.page.goto('/sample-questions')
    await operator.page.getByText('Такой страницы нет').waitFor()
    expect([...editor.complaints, ...supervisor.complaints]).toEqual([])
  })

  it('a point that is reworded silences its questions; the editor reads how it reads now, and confirms or ties elsewhere', async () => {
    const editor = await visitAs(browser, server, 'editor')
    const { page } = editor
    const text = 'када ответят на писмо'
    const found = await editor.context.request.get(
      `/api/v1/search?q=${encodeURIComponent('письменное обращение ответ в течение двух рабочих дней')}&lang=ru`,
    )
    const { hits } = (await found.json()) as {
      hits: { articleId: string; citation: { actId: string; eid: string; provisionId: string } | null }[]
    }
    const hit = hits.find(({ citation }) => citation?.eid === 'chp_2__para_8')
    const { actId = '', eid = '', provisionId = '' } = hit?.citation ?? {}
    const tied = await editor.context.request.post('/api/v1/sample-questions', {
      data: { actId, eid, provisionId, lang: 'ru', text },
      headers: { origin: server.url },
    })
    expect(tied.status(), await tied.text()).toBe(201)

    await page.goto('/acts')
    await page.getByRole('link', { name: 'Загрузить акт' }).click()
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({
        name: 'contact-centre-rules.ru.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(await amendedRules('20.11.2026')),
      })
    await page.getByTestId('import-preview').waitFor()
    await page.getByRole('button', { name: 'Загрузить, статьи — на проверку', exact: true }).click()
    await page.getByTestId('import-done').waitFor()

    // The article lags behind: nothing is tied to what it says.
    await page.goto(`/articles/${hit?.articleId ?? ''}?lang=ru#${eid}`)
    await page.locator(`#${eid}`).getByTestId('provision-questions').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('пункт изменён, вопрос молчит').waitFor()
    expect(await dialog.getByLabel('Добавить вопрос').count()).toBe(0)

    await page.goto('/sample-questions?list=look')
    const row = page.getByTestId('sample-question').filter({ hasText: text })
    await row.getByText('в течение пяти рабочих дней').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'questions-look')
    await row.getByRole('button', { name: 'Связать с другим пунктом' }).click()
    await dialog.getByLabel('Искать пункт').fill('письменное обращение ответ в течение двух рабочих дней')
    await dialog.getByRole('radio', { name: /^п\. 8 / }).check()
    await dialog.getByText('Статья отстаёт от акта').waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: 'Связать с пунктом' }).isDisabled()).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await row.getByRole('button', { name: 'Подходит и сейчас' }).click()
    await page.getByText('Вопрос связан с нынешней редакцией').waitFor()
    await row.waitFor({ state: 'detached' })
    // What a file says of the point that was excluded is still there to look at.
    await page.getByText('пункт не действует').first().waitFor()
    expect(editor.complaints).toEqual([])
    await editor.context.close()
  })
})

async function shot(page: Page, name: string): Promise<void> {
  // oxlint-disable-next-line node/no-process-env
  const directory = process.env['SHOTS']
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png` })
}
