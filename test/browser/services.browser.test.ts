import { readFile } from 'node:fs/promises'
import { readXlsx } from 'hucre/xlsx'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, goodRow, TITLES, xlsxOf } from '#ingest/services/fixtures/make-files.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, visitAs, type VisitOptions } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const row = (i: number, column: number, value: string) => goodRow(i).with(column, value)
const xlsx = (name: string, rows: string[][]) => ({
  name,
  mimeType: XLSX,
  buffer: Buffer.from(xlsxOf([{ name: 'Лист1', rows: [[...TITLES], ...rows] }])),
})
const csv = (name: string, rows: string[][]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(csvOf([TITLES, ...rows])),
})

describe.skipIf(!hasBrowser)('services, from Appendix 1 to the operators', () => {
  let server: TestServer
  let browser: Browser
  let day = '2026-11-25'
  const now = () => new Date(`${day}T06:00:00Z`)

  beforeAll(async () => {
    server = await startTestServer({}, { now })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** Somebody of a role, whose browser has the day of the server. */
  const visitToday = async (role: string, options: VisitOptions = {}) => {
    const visited = await visitAs(browser, server, role, options)
    await visited.page.clock.setFixedTime(now())
    return visited
  }
  const choose = (page: Page, file: ReturnType<typeof xlsx>) => page.getByLabel('Файл Приложения 1').setInputFiles(file)
  const service = async (page: Page, number: string) => {
    await page.goto(`/services?q=${number}`)
    await page.getByTestId('service').getByRole('link').first().click()
    await page.getByTestId('visibility').waitFor()
  }

  it('an agency sees each fault with its cell, downloads them marked, mends the file and sends it', async () => {
    const { context, page, complaints } = await visitToday('agency')
    await page.goto('/')
    await page.getByRole('link', { name: 'Мои услуги' }).click()
    await page.getByText('Услуг пока нет.').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Подать Приложение 1' }).last().click()

    const faulty = [goodRow(1), row(2, 5, 'javascript:alert(1)'), row(3, 7, 'a.serik@adilet.gov.kz').with(2, '')]
    await choose(page, xlsx('Приложение.xlsx', faulty))
    await page.getByRole('heading', { name: 'Файл не примут. Ошибок: 3' }).waitFor()
    const faults = page.getByTestId('fault')
    await expect
      .poll(() => faults.evaluateAll((rows) => rows.map((one) => one.getAttribute('data-code'))))
      .toEqual(['web-scheme', 'cell-empty', 'phone-missing'])
    const cells = await faults.nth(0).getByRole('cell').allInnerTexts()
    expect(cells.slice(0, 2)).toEqual(['3', 'F Интернет-ресурс'])
    expect(cells[2]).toContain('не открывается в браузере')
    expect(cells[3]).toContain('https://')
    await faults.nth(2).getByText('Нет телефона.').click()
    await page.getByText('Скопировано').waitFor()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^Лист1!H4 — .*Нет телефона\./u)

    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: /Скачать файл с пометками/ }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toBe('Замечания Приложение.xlsx')
    const annotated = await readFile(await download.path())
    const book = await readXlsx(new Uint8Array(annotated))
    expect(book.sheets[0]?.rows[4]?.[8]).toContain('Нет телефона')
    // What was checked is not stored.
    expect(await (await context.request.get('/api/v1/service-submissions')).json()).toMatchObject({ items: [] })
    // The downloaded file is itself readable as a submission, with the same faults.
    await choose(page, { name: 'Замечания.xlsx', mimeType: XLSX, buffer: annotated })
    await page.getByRole('heading', { name: 'Файл не примут. Ошибок: 3' }).waitFor()

    // Mended, and dropped on the page instead of chosen.
    const mended = await page.evaluateHandle(
      ({ name, bytes }) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([new Uint8Array(bytes)], name))
        return transfer
      },
      { name: 'Приложение.xlsx', bytes: [...xlsx('', [1, 2, 3].map(goodRow)).buffer] },
    )
    await page.locator('.file-drop').dispatchEvent('drop', { dataTransfer: mended })
    await page.getByRole('heading', { name: 'Ошибок нет. Что изменится:' }).waitFor()
    await expect.poll(() => page.getByTestId('diff-added').innerText()).toContain('90100003')
    await page.getByRole('button', { name: 'Отправить' }).click()
    const done = page.getByTestId('submission-done')
    await done.waitFor()
    await expect.poll(() => done.innerText()).toContain('Новых: 3')

    await done.getByRole('link', { name: /90100002/ }).click()
    const visibility = page.getByTestId('visibility')
    await visibility.waitFor()
    await expect.poll(() => visibility.innerText()).toContain('ждёт обучения до 09.12.2026')
    await expect.poll(() => page.getByRole('main').innerText()).toContain('Ахметов Серик Болатович')
    expect(await page.getByRole('button', { name: 'Внести протокол' }).count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('the next file is shown against what is held: old to new, unchanged, new, not mentioned', async () => {
    const { context, page } = await visitToday('agency')
    await page.goto('/services/submit')
    await choose(page, csv('Повторно.csv', [row(1, 2, 'Выдача справки о новом'), goodRow(2), goodRow(4)]))
    const diff = page.getByTestId('submission-diff')
    await diff.waitFor()
    const changed = diff.getByTestId('diff-changed')
    await expect.poll(() => changed.locator('del').innerText()).toContain('Выдача справки о сведениях номер 1')
    await expect.poll(() => changed.locator('ins').innerText()).toContain('Выдача справки о новом')
    await expect.poll(() => diff.getByTestId('diff-added').innerText()).toContain('90100004')
    await expect.poll(() => diff.getByTestId('diff-unchanged').locator('summary').innerText()).toContain('1')
    await diff.getByTestId('diff-absent').locator('summary').click()
    await expect.poll(() => diff.getByTestId('diff-absent').innerText()).toContain('90100003')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByTestId('submission-done').waitFor()
    await expect
      .poll(() => page.getByTestId('submission-done').innerText())
      .toContain('Новых: 1, изменено: 1, без изменений: 1')
    await context.close()
  })

  it('the form says each fault at its field as one types, and in the language of the page', async () => {
    const { context, page } = await visitToday('agency', { locale: 'en-GB' })
    await page.goto('/services/submit?mode=form')
    const form = page.getByTestId('service-form')
    const [, number = '', name = '', act = '', changes = '', web = '', person = '', contacts = ''] = goodRow(5)
    await form.getByLabel('Registry no.').fill(number)
    await form.getByLabel('Name of the service').fill(name)
    await form.getByLabel('Act the service rests on').fill('приказ Министра юстиции')
    await form.getByLabel('Changes in the act').fill(changes)
    const field = form.getByLabel('Telephones and e-mail')
    await field.fill('a.serik@adilet.gov.kz')
    await form.getByLabel('Web resource').fill(web)
    await form.getByLabel('Responsible person').fill(person)
    await form.getByText('There is no telephone.').waitFor()
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await expect
      .poll(() => field.evaluate((one) => document.getElementById(`${one.id}-error`)?.textContent))
      .toContain('There is no telephone.')
    await form.getByText('The date of the act is missing.').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await page.getByTestId('submission-done').count()).toBe(0)
    await form.getByLabel('Act the service rests on').fill(act)
    await field.fill(contacts)
    await form.locator('[data-testid="form-check"][data-clean="true"]').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByTestId('submission-done').waitFor()
    await context.close()
  })

  it('a replaced person stays in the history, and the notice is timed', async () => {
    const { context, page } = await visitToday('agency')
    await service(page, '90100002')
    await page.getByRole('button', { name: 'Заменить' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Фамилия, имя, отчество').fill('Жумабаева Айгуль')
    await dialog.getByLabel('Должность').fill('эксперт')
    await dialog.getByLabel('Контакты').fill('нет')
    await dialog.getByRole('button', { name: 'Заменить' }).click()
    await dialog.getByText(/Нет телефона/).waitFor()
    await dialog.getByLabel('Контакты').fill('+7 701 123 45 67; a.zh@adilet.gov.kz')
    await dialog.getByRole('button', { name: 'Заменить' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Кто отвечал и когда').click()
    const history = page.getByTestId('person-history')
    await history.waitFor()
    const people = history.getByRole('listitem')
    await expect.poll(() => people.nth(0).innerText()).toContain('Жумабаева Айгуль')
    await expect.poll(() => people.nth(1).innerText()).toContain('Ахметов Серик Болатович')
    await expect.poll(() => people.nth(1).innerText()).toContain('по 25.11.2026')
    await expect.poll(() => page.getByTestId('deadline').filter({ hasText: 'п. 27' }).innerText()).toContain('исполнен')
    await context.close()
  })

  it('the centre records training and protocol; operators see the service on the right day and not before', async () => {
    day = '2026-12-10'
    const { context, page, complaints } = await visitToday('editor')
    await service(page, '90100001')
    await expect.poll(() => page.getByTestId('visibility').innerText()).toContain('срок прошёл')
    expect(await page.getByRole('button', { name: 'Внести протокол' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Записать обучение' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('День обучения').fill('11.12.2026')
    await page.keyboard.press('Tab')
    await dialog.getByText('Этот день ещё не наступил.').waitFor()
    await dialog.getByLabel('День обучения').fill('10.12.2026')
    await dialog.getByLabel('Кто обучал').fill('Ахметов С.Б., главный специалист')
    await dialog.getByLabel('Кого обучили').fill('Ким А.\nОспанова Г.')
    await dialog.getByRole('button', { name: 'Записать' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByTestId('training').innerText()).toContain('Ким А.; Оспанова Г.')
    await expect.poll(() => page.getByTestId('visibility').innerText()).toContain('ждёт протокола')

    await page.getByRole('button', { name: 'Внести протокол' }).click()
    await dialog.getByRole('button', { name: 'Записать' }).click()
    await dialog.getByText('Приложите файл.').waitFor()
    const [centre, agency] = [dialog.getByRole('group').nth(0), dialog.getByRole('group').nth(1)]
    await centre.getByLabel('Фамилия, имя, отчество').fill('Оспанова Г.К.')
    await centre.getByLabel('Должность').fill('руководитель')
    await agency.getByLabel('Фамилия, имя, отчество').fill('Ахметов С.Б.')
    await agency.getByLabel('Должность').fill('директор')
    await dialog.getByLabel('Файл протокола').setInputFiles({
      name: 'протокол.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 протокол'),
    })
    await dialog.getByRole('button', { name: 'Записать' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByTestId('visibility').innerText()).toContain('Операторам откроется 21.12.2026')
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: 'протокол.pdf' }).click()
    expect(await readFile(await (await waiting).path(), 'utf8')).toBe('%PDF-1.7 протокол')
    // Counted day by day, with the holiday of 16 December in it.
    const gate = page.getByTestId('gate')
    await gate.getByText('Как посчитан день').click()
    await expect.poll(() => gate.getByRole('row').filter({ hasText: '16.12.2026' }).innerText()).toContain('праздник')
    expect(complaints).toEqual([])
    await context.close()

    for (const [on, isOpen] of [
      ['2026-12-18', false],
      ['2026-12-21', true],
    ] as const) {
      day = on
      const operator = await visitToday('operator')
      await service(operator.page, '90100001')
      await expect.poll(() => operator.page.getByTestId('visibility').getAttribute('data-visible')).toBe(String(isOpen))
      const names = async () => (await operator.page.getByRole('main').innerText()).includes('Ахметов Серик Болатович')
      await expect.poll(async () => [on, await names()]).toEqual([on, isOpen])
      expect(await operator.page.getByRole('button', { name: /Записать|Заменить|Внести/ }).count()).toBe(0)
      await operator.page.goto('/services/deadlines')
      await operator.page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
      await operator.context.close()
    }
  })

  it('deadlines stand by day, overdue ones marked, each with its point and its count; states filter the list', async () => {
    day = '2026-12-21'
    const { context, page } = await visitToday('agency')
    await page.goto('/services/deadlines')
    const rows = page.getByTestId('deadline')
    await rows.first().waitFor()
    await page.getByText(/Просрочено: \d/).waitFor()
    const first = rows.first()
    await expect.poll(() => first.getAttribute('data-state')).toBe('overdue')
    await expect.poll(() => first.innerText()).toContain('п. 21')
    await expect.poll(() => first.innerText()).toContain('09.12.2026')
    await first.getByRole('button', { name: /Подсчёт по дням/ }).click()
    const last = page.getByTestId('deadline-count').first().getByRole('row').filter({ hasText: '09.12.2026' })
    await last.waitFor()
    const counted = await last.getByRole('cell').allInnerTexts()
    expect(counted[2]).toBe('10')

    await page.goto('/services')
    await page.getByTestId('service').first().waitFor()
    await page.getByRole('button', { name: 'Открыта' }).click()
    await page.waitForURL('**state=visible')
    await page.getByTestId('service').filter({ hasText: '90100002' }).waitFor({ state: 'detached' })
    await expect.poll(() => page.getByTestId('service').allInnerTexts()).toEqual([expect.stringContaining('90100001')])
    await page.getByRole('button', { name: 'Ждёт протокола' }).click()
    await page.getByText('Таких услуг нет.').waitFor()
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'nothing serious against accessibility, %s, and a phone is wide enough',
    async (colorScheme) => {
      const findings: Record<string, string[]> = {}
      for (const width of [1440, 375]) {
        const { context, page } = await visitToday('editor', { colorScheme, width })
        const look = async (name: string) => {
          // What has scrolled under the bar at the top would seem too small to press.
          await page.evaluate(() => window.scrollTo(0, 0))
          const found = await seriousFindings(page)
          if (found.length > 0) findings[`${name} ${width}`] = found
          if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
            findings[`${name} ${width} sideways`] = ['scrolls']
        }
        await page.goto('/services')
        await page.getByTestId('service').first().waitFor()
        await look('list')
        await service(page, '90100001')
        await page.getByText('Как посчитан день').click()
        await page.getByText('Кто отвечал и когда').click()
        await page.getByTestId('person-history').waitFor()
        await page.getByTestId('deadline').first().getByRole('button').click()
        await page.getByTestId('deadline-count').first().getByRole('row').nth(2).waitFor()
        await look('service')
        await page.getByRole('button', { name: 'Записать обучение' }).click()
        await page.getByRole('dialog').waitFor()
        await look('dialog')
        await page.goto('/services/deadlines')
        await page.getByTestId('deadline').first().waitFor()
        await look('deadlines')
        await page.goto('/services/submit')
        await page.getByLabel('Государственный орган').selectOption({ index: 1 })
        await choose(page, csv('плохой.csv', [row(6, 5, 'нет'), row(7, 7, 'нет')]))
        await page.getByTestId('fault').first().waitFor()
        await look('faults')
        await choose(page, csv('хороший.csv', [goodRow(6), goodRow(7)]))
        await page.getByTestId('submission-diff').waitFor()
        await look('diff')
        await page.goto('/services/submit?mode=form')
        await page.getByLabel('Государственный орган').selectOption({ index: 1 })
        await page.getByRole('button', { name: 'Отправить' }).click()
        await look('form')
        await context.close()
      }
      expect(findings).toEqual({})
    },
  )
})
