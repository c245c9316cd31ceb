import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, hits, openBrowser, visit, visitAs, type Visit, type VisitOptions } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const body = (page: Page) => page.locator('.draft-body')
const saved = (page: Page) => page.locator('[data-testid="save-status"][data-status="saved"]').waitFor()
const state = (page: Page, words: string) => page.getByTestId('draft-state').getByText(words, { exact: true }).waitFor()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
/** The button of the open dialog. */
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

describe.skipIf(!hasBrowser)('editorial work', () => {
  let server: TestServer
  let browser: Browser
  let second: { email: string; password: string }

  beforeAll(async () => {
    server = await startTestServer()
    browser = await openBrowser()
    second = { email: 'berik@example.kz', password: 'correct horse battery' }
    const { context } = await visitAs(browser, server, 'admin')
    const made = await context.request.post('/api/v1/users', {
      data: { ...second, name: 'Берик', role: 'editor' },
      headers: { origin: server.url },
    })
    expect(made.status()).toBe(201)
    await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  let berikCookies: Awaited<ReturnType<Visit['context']['cookies']>> | null = null
  async function visitAsBerik(options: VisitOptions = {}): Promise<Visit> {
    const visited = await visit(browser, server, options)
    if (berikCookies === null) {
      const response = await visited.context.request.post('/api/v1/auth/sign-in/email', {
        data: second,
        headers: { origin: server.url },
      })
      expect(response.status()).toBe(200)
      berikCookies = await visited.context.cookies()
    } else await visited.context.addCookies(berikCookies)
    return visited
  }

  async function beginArticle(page: Page, title: string, text: string): Promise<string> {
    await page.goto('/editorial/new')
    await page.getByLabel('Заголовок').fill(title)
    await press(page, 'Начать черновик')
    await body(page).fill(text)
    await saved(page)
    return new URL(page.url()).pathname
  }

  it('two editors and an operator at once: a merge, a review, and what the operator sees when', async () => {
    const [aigul, berik, operator] = [
      await visitAs(browser, server, 'editor'),
      await visitAsBerik(),
      await visitAs(browser, server, 'operator'),
    ]
    const address = await beginArticle(aigul.page, 'Зубровник: порядок', 'Первый.\n\nВторой.\n\nЗубровник третий.\n')
    await berik.page.goto(address)
    await body(berik.page).waitFor()

    // Each another paragraph: merged by itself.
    await body(aigul.page).fill('Первый Айгуль.\n\nВторой.\n\nЗубровник третий.\n')
    await saved(aigul.page)
    await body(berik.page).fill('Первый.\n\nВторой.\n\nЗубровник третий Берика.\n')
    await berik.page.getByText('Добавлены правки: Редактор (демо)').waitFor()
    await saved(berik.page)
    await expect
      .poll(() => body(berik.page).inputValue())
      .toBe('Первый Айгуль.\n\nВторой.\n\nЗубровник третий Берика.\n')

    // The same paragraph: one chooses, and sees both.
    await berik.page.route('**/api/v1/editorial/drafts/drf_*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    await aigul.page.reload()
    await body(aigul.page).fill('Первый Айгуль.\n\nВторой по Айгуль.\n\nЗубровник третий Берика.\n')
    await saved(aigul.page)
    await body(berik.page).fill('Первый Айгуль.\n\nВторой по Берику.\n\nЗубровник третий Берика.\n')
    const merge = berik.page.getByTestId('merge')
    await merge.waitFor()
    await merge.getByText('Второй по Айгуль.').waitFor()
    await merge.getByText('Второй по Берику.').waitFor()
    expect(await seriousFindings(berik.page)).toEqual([])
    await berik.page.keyboard.press('Escape')
    await merge.getByRole('button', { name: 'Оба' }).click()
    await merge.getByRole('button', { name: 'Сохранить объединённое' }).click()
    await berik.page.unroute('**/api/v1/editorial/drafts/drf_*')
    await saved(berik.page)
    const merged = await body(berik.page).inputValue()
    expect(merged).toContain('Второй по Берику.\n\nВторой по Айгуль.')

    // Both wrote it: neither approves it. The supervisor does.
    await berik.page.getByLabel('Пересмотреть до').fill('01.01.2100')
    await saved(berik.page)
    await press(berik.page, 'На рецензию')
    await berik.page.getByLabel('Сообщение').fill('Прочтите, пожалуйста')
    await confirm(berik.page, 'На рецензию')
    await state(berik.page, 'на рецензии')
    await aigul.page.reload()
    await state(aigul.page, 'на рецензии')
    expect(await aigul.page.getByRole('button', { name: 'Одобрить' }).count()).toBe(0)
    expect(await body(aigul.page).getAttribute('readonly')).not.toBeNull()

    const finds = async () => {
      const answer = operator.page.waitForResponse((response) => response.url().includes('/api/v1/search?'))
      await operator.page.goto(`/?q=${encodeURIComponent('зубровник')}`)
      return (await (await answer).text()).includes('Зубровник третий')
    }
    expect(await finds()).toBe(false)
    await operator.page.goto(address)
    await operator.page.getByRole('alert').first().waitFor()

    const supervisor = await visitAs(browser, server, 'supervisor')
    await supervisor.page.goto('/editorial')
    await supervisor.page.getByTestId('task').getByRole('link', { name: 'Зубровник: порядок' }).click()
    await press(supervisor.page, 'Одобрить')
    await confirm(supervisor.page, 'Одобрить')
    await state(supervisor.page, 'одобрен')
    expect(await supervisor.page.getByRole('button', { name: 'Опубликовать' }).count()).toBe(0)
    expect(await finds()).toBe(false)

    await aigul.page.reload()
    await press(aigul.page, 'Опубликовать')
    await confirm(aigul.page, 'Опубликовать')
    await aigul.page.getByTestId('article').getByText('Зубровник третий Берика.').waitFor()
    await expect.poll(finds, { timeout: 15_000 }).toBe(true)
    await hits(operator.page).getByText('третий Берика').first().waitFor()
    expect([aigul, berik, operator, supervisor].flatMap((one) => one.complaints)).toEqual([])
    for (const one of [aigul, berik, operator, supervisor]) await one.context.close()
  })

  it('what is typed while a merge is prepared is in the text, and a title that both changed is chosen', async () => {
    const [aigul, berik] = [await visitAs(browser, server, 'editor'), await visitAsBerik()]
    const address = await beginArticle(aigul.page, 'Медлительность', 'Первый.\n\nВторой.\n\nТретий.\n')
    await berik.page.goto(address)
    await body(berik.page).waitFor()
    const answers: (() => void)[] = []
    await berik.page.route('**/api/v1/editorial/drafts/*/merge', async (route) => {
      if (answers.length === 0) await new Promise<void>((resolve) => answers.push(resolve))
      await route.continue()
    })
    await body(aigul.page).fill('Первый Айгуль.\n\nВторой.\n\nТретий.\n')
    await saved(aigul.page)
    const asked = berik.page.waitForRequest('**/api/v1/editorial/drafts/*/merge')
    await body(berik.page).fill('Первый.\n\nВторой.\n\nТретий Берика.\n')
    await asked
    await body(berik.page).fill('Первый.\n\nВторой.\n\nТретий Берика.\n\nНабрано во время объединения.\n')
    await expect.poll(() => answers.length).toBe(1)
    answers[0]?.()
    await berik.page.getByText('Добавлены правки: Редактор (демо)').waitFor()
    await saved(berik.page)
    await expect
      .poll(() => body(berik.page).inputValue())
      .toBe('Первый Айгуль.\n\nВторой.\n\nТретий Берика.\n\nНабрано во время объединения.\n')

    // One field, two people: nobody's is taken in silence.
    await berik.page.route('**/api/v1/editorial/drafts/drf_*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    await aigul.page.reload()
    await aigul.page.getByLabel('Заголовок').fill('Медлительность Айгуль')
    await saved(aigul.page)
    await berik.page.getByLabel('Заголовок').fill('Медлительность Берика')
    const title = berik.page.getByTestId('merge').locator('[data-field="title"]')
    await title.getByText('Медлительность Айгуль').waitFor()
    await title.getByText('Медлительность Берика').waitFor()
    const apply = berik.page.getByRole('button', { name: 'Сохранить объединённое' })
    await expect.poll(() => apply.isDisabled()).toBe(true)
    expect(await seriousFindings(berik.page)).toEqual([])
    await title.getByRole('button', { name: 'Другой' }).click()
    await apply.click()
    await saved(berik.page)
    await expect.poll(() => berik.page.getByLabel('Заголовок').inputValue()).toBe('Медлительность Айгуль')
    await aigul.context.close()
    await berik.context.close()
  })

  it('submits and comments on nothing that could not be saved', async () => {
    const { context, page } = await visitAs(browser, server, 'editor')
    await beginArticle(page, 'Несохранённое', 'Начало.\n')
    await page.route('**/api/v1/editorial/drafts/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    )
    await body(page).fill('Начало.\n\nНе дошло.\n')
    await press(page, 'На рецензию')
    await page.getByText('Не отправлено: текст не сохранился').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Alt+4')
    await page.getByLabel('Ко всему тексту').fill('К тексту, которого нет')
    await press(page, 'Отправить')
    await page.getByText('Замечание не отправлено').waitFor()
    expect(await page.getByTestId('comment').count()).toBe(0)
    await expect.poll(() => page.getByLabel('Ко всему тексту').inputValue()).toBe('К тексту, которого нет')
    await context.close()
  })

  it('gives the text back after the browser died before it was saved', async () => {
    const { context, page } = await visitAs(browser, server, 'editor')
    const address = await beginArticle(page, 'Живучесть', 'Начало.\n')
    await page.route('**/api/v1/editorial/drafts/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    )
    await body(page).fill('Начало.\n\nЭто ещё не дошло до сервера.\n')
    await page.locator('[data-testid="save-status"][data-status="offline"]').waitFor()
    // As a crash: no page gets to say goodbye.
    const gone = page.waitForEvent('crash')
    const session = await context.newCDPSession(page)
    // It never answers: the page that would is gone.
    void session.send('Page.crash').catch(() => undefined)
    await gone
    const again = await context.newPage()
    await again.goto(address)
    const offer = again.getByTestId('local-copy')
    await offer.getByText('Это ещё не дошло до сервера.').waitFor()
    await expect.poll(() => body(again).inputValue()).toBe('Начало.\n')
    expect(await seriousFindings(again)).toEqual([])
    await offer.getByRole('button', { name: 'Вернуть текст' }).click()
    await saved(again)
    await expect.poll(() => body(again).inputValue()).toContain('Это ещё не дошло до сервера.')
    await again.reload()
    await body(again).waitFor()
    await expect.poll(() => body(again).inputValue()).toContain('Это ещё не дошло до сервера.')
    expect(await offer.count()).toBe(0)
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'an article of an act: source beside it, faults, comments, by keyboard (%s)',
    async (colorScheme) => {
      const { context, page, complaints } = await visitAs(browser, server, 'editor', { colorScheme })
      await page.goto('/articles')
      await page.locator('.article-item').nth(2).click()
      await press(page, 'Править')
      await body(page).waitFor()
      const before = await body(page).inputValue()
      expect(before).toContain(':::provision{')

      await page.keyboard.press('Alt+3')
      await page.getByLabel('Найти положение').fill('п. 8')
      await body(page).evaluate((field: HTMLTextAreaElement) => {
        field.setSelectionRange(field.value.length, field.value.length)
      })
      await page.getByTestId('source').locator('button').first().click()
      await saved(page)
      await expect.poll(async () => (await body(page).inputValue()).length).toBeGreaterThan(before.length)

      await body(page).evaluate((field: HTMLTextAreaElement) => {
        field.focus()
        field.setSelectionRange(0, 0)
      })
      await page.keyboard.type('Смотрите [сюда](/articles/art_none).\n\n')
      await page.getByTestId('faults').getByText('опубликованной статьи art_none').waitFor()
      await page.getByTestId('faults').getByRole('button', { name: 'строка 1, столбец 10' }).click()
      await page.keyboard.press('Control+s')
      await saved(page)
      await body(page).evaluate((field: HTMLTextAreaElement) => {
        field.focus()
        field.setSelectionRange(0, 8)
      })
      await page.keyboard.press('Control+Alt+m')
      await page.getByText('К выделенному: «Смотрите»').waitFor()
      await page.keyboard.type('Лучше «см.»')
      await page.keyboard.press('Control+Enter')
      await page.getByTestId('comment').getByText('Лучше «см.»').waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await page.keyboard.press('Alt+2')
      await page.getByTestId('draft-diff').locator('ins').first().waitFor()
      expect(await seriousFindings(page)).toEqual([])
      await page.goto('/editorial?tab=drafts')
      await page.locator('.task').first().waitFor()
      expect(await seriousFindings(page)).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  it('an article goes out as a file and comes back edited, with other files beside it, each with what became of it', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'editor')
    await page.goto('/articles')
    await page.locator('.article-item').nth(4).click()
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Скачать файлом', exact: true }).press('Enter')
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^[\w-]+\.md$/u)
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toMatch(/^base: ver_/mu)
    await page.goto('/editorial/new')
    const chooser = page.getByLabel('Файлы статей')
    await page.getByRole('button', { name: 'Начать черновик', exact: true }).focus()
    await page.keyboard.press('Tab')
    await expect.poll(() => chooser.evaluate((field) => field === document.activeElement)).toBe(true)
    const file = (name: string, content: string | Uint8Array) => ({
      name,
      mimeType: 'text/markdown',
      buffer: Buffer.from(content),
    })
    let send: () => void = () => undefined
    const isSent = new Promise<void>((resolve) => (send = resolve))
    await page.route('**/api/v1/editorial/import', async (route) => {
      await isSent
      await route.continue()
    })
    await chooser.setInputFiles([
      file('edited.md', `${text}\nДополнено у себя.\n`),
      file('same.md', text),
      file(
        'faulty.md',
        '---\nslug: s-oshibkami\ntitle: С ошибками\nlang: ru\n---\n\n<b>Раз</b>\n\n[два](/articles/art_none)\n',
      ),
      file('cp1251.md', new Uint8Array([0xcf, 0xf0, 0xe8])),
    ])
    await page.getByText('Обработано файлов: 0 из 4').waitFor()
    // A file chosen while others are sent is not lost.
    await chooser.setInputFiles(file('later.md', 'x'))
    await page.getByText('Обработано файлов: 0 из 5').waitFor()
    send()
    await page.getByText('Обработано файлов: 5 из 5').waitFor()
    const rows = page.getByTestId('imported-file')
    await expect
      .poll(() => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-status'))))
      .toEqual(['created', 'unchanged', 'refused', 'refused', 'refused'])
    const faulty = await rows.nth(2).locator('.import-faults li').allInnerTexts()
    expect(faulty.every((line) => line.startsWith('ошибка'))).toBe(true)
    expect(faulty.some((line) => /срок пересмотра/iu.test(line))).toBe(false)
    expect(faulty.some((line) => /строка 7, столбец \d+/u.test(line))).toBe(true)
    expect(faulty.some((line) => /строка 9, столбец \d+.*art_none/u.test(line))).toBe(true)
    await expect.poll(() => rows.nth(3).innerText()).toContain('Это не текст в UTF-8')
    expect(await seriousFindings(page)).toEqual([])
    await rows.nth(0).getByRole('link', { name: 'Открыть черновик: edited.md', exact: true }).click()
    await body(page).waitFor()
    await expect.poll(() => body(page).inputValue()).toContain('Дополнено у себя.')

    await page.keyboard.press('Alt+2')
    await page.getByTestId('draft-diff').locator('ins').first().waitFor()
    await press(page, 'Скопировать как Markdown')
    await page.getByText('Скопировано', { exact: true }).waitFor()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('<ins>Дополнено у себя.</ins>')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('names the body and the service of an article, and shows codes that nothing has', async () => {
    const [agency, aigul] = [await visitAs(browser, server, 'agency'), await visitAs(browser, server, 'editor')]
    const origin = { origin: server.url }
    const sent = await agency.context.request.post('/api/v1/service-submissions', {
      data: csvOf([TITLES, goodRow(82), goodRow(83)]),
      headers: { ...origin, 'content-type': 'text/csv' },
    })
    expect(sent.ok(), await sent.text()).toBe(true)
    const { submission } = (await sent.json()) as { submission: { agencyId: string } }
    const { name } = (await (await aigul.context.request.get(`/api/v1/agencies/${submission.agencyId}`)).json()) as {
      name: { ru: string }
    }
    const made = await aigul.context.request.post('/api/v1/editorial/drafts', {
      data: {
        lang: 'ru',
        content: { title: 'Чья это услуга', slug: 'chya-usluga', agencyId: 'agc_gone', serviceId: 'svc_gone' },
      },
      headers: origin,
    })
    const { draftId } = (await made.json()) as { draftId: string }
    const { page } = aigul
    await page.goto(`/editorial/drafts/${draftId}`)
    const [body, service] = [page.getByLabel('Орган', { exact: true }), page.getByLabel('Услуга', { exact: true })]
    const chosen = (select: typeof body) => select.locator('option:checked')
    await page.locator('option', { hasText: 'svc_gone — такого кода нет' }).waitFor({ state: 'attached' })
    await expect.poll(() => chosen(body).innerText()).toBe('agc_gone — такого кода нет')
    await body.selectOption(name.ru)
    await page.getByLabel('Найти услугу').fill('номер 83')
    await service.locator('option', { hasText: 'номер 82' }).waitFor({ state: 'detached' })
    await service.selectOption({ label: '90100083 Выдача справки о сведениях номер 83' })
    await saved(page)
    const held = (await (await aigul.context.request.get(`/api/v1/editorial/drafts/${draftId}`)).json()) as {
      content: { agencyId: string; serviceId: string }
    }
    expect(held.content.agencyId).toBe(submission.agencyId)
    expect(held.content.serviceId).toMatch(/^svc_/u)
    // What is chosen stays, by name and at once, whatever is looked for: its name was asked for when it was chosen.
    await page.waitForLoadState('networkidle')
    await page.route('**/api/v1/services?**id=**', () => {})
    await page.getByLabel('Найти услугу').fill('нет такой')
    await page.getByText('У этого органа таких услуг нет.').waitFor()
    await expect.poll(() => chosen(service).innerText()).toBe('90100083 Выдача справки о сведениях номер 83')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    expect(await seriousFindings(page)).toEqual([])
    for (const { context } of [agency, aigul]) await context.close()
  })

  it('says in the reader’s language why an article on a service that is not open yet is not published', async () => {
    const [agency, aigul, berik] = [
      await visitAs(browser, server, 'agency'),
      await visitAs(browser, server, 'editor', { locale: 'en-GB' }),
      await visitAsBerik(),
    ]
    const origin = { origin: server.url }
    const sent = await agency.context.request.post('/api/v1/service-submissions', {
      data: csvOf([TITLES, goodRow(80)]),
      headers: { ...origin, 'content-type': 'text/csv' },
    })
    const { submission } = (await sent.json()) as { submission: { rows: { serviceId: string }[] } }
    const post = async (who: Visit, path: string, data: unknown) => {
      const response = await who.context.request.post(`/api/v1/editorial/drafts${path}`, { data, headers: origin })
      expect(response.ok(), await response.text()).toBe(true)
      return (await response.json()) as { draftId: string; versionId: string }
    }
    const { draftId } = await post(aigul, '', {
      lang: 'ru',
      content: {
        title: 'Услуга впереди',
        slug: 'usluga-vperedi',
        body: 'Как её получить.\n',
        serviceId: submission.rows[0]?.serviceId,
      },
    })
    const { versionId } = await post(aigul, `/${draftId}/submit`, { revision: 1 })
    await post(berik, `/${draftId}/approve`, { versionId })
    await aigul.page.goto(`/editorial/drafts/${draftId}`)
    await press(aigul.page, 'Publish')
    await confirm(aigul.page, 'Publish')
    const refusal = aigul.page.getByRole('dialog').getByRole('alert')
    await refusal.getByText('Could not publish: the service').waitFor()
    await expect.poll(() => refusal.innerText()).toContain('Not open to operators: training is awaited')
    await state(aigul.page, 'approved')
    for (const { context } of [agency, aigul, berik]) await context.close()
  })

  it('speaks Kazakh and English, and is no page for operators', async () => {
    for (const [locale, words, files, subjects] of [
      ['kk-KZ', 'Тапсырмалар', 'Мақала файлдары', { lang: 'kk', text: 'балабақша' }],
      ['en-GB', 'Tasks', 'Files of articles', { lang: 'ru', text: 'детский сад' }],
    ] as const) {
      const { context, page } = await visitAs(browser, server, 'editor', { locale })
      await page.goto('/editorial')
      await page.getByRole('button', { name: words, exact: true }).waitFor()
      await page.goto('/editorial/new')
      await page.getByLabel(files).waitFor({ state: 'attached' })
      // Subjects are in a language of their own: a screen reader must not read Russian ones as English.
      await page.goto('/agencies')
      const said = page.locator('dd', { hasText: subjects.text })
      await said.waitFor()
      await expect.poll(() => said.getAttribute('lang')).toBe(subjects.lang)
      await context.close()
    }
    const { context, page } = await visitAs(browser, server, 'operator')
    await page.goto('/editorial')
    await page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
    expect(await page.getByRole('link', { name: 'Редакция' }).count()).toBe(0)
    await context.close()
  })
})
