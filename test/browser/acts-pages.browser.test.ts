import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasLawData, lawPath } from '#ingest/acts/fixtures/law-data.ts'
import { csvOf, goodRow, TITLES } from '#ingest/services/fixtures/make-files.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, visitAs, type Visit, type VisitOptions } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

const NOW = new Date('2026-11-25T07:00:00Z')

describe.skipIf(!hasBrowser)('pages of acts, of the calendar and of what was submitted', () => {
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    // Each look at the clock is a little later: what was sent second was received second.
    let looks = 0
    server = await startTestServer({}, { now: () => new Date(NOW.getTime() + (looks += 1)) })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const enter = async (role: string, options: VisitOptions = {}): Promise<Visit> => {
    const visited = await visitAs(browser, server, role, options)
    await visited.page.clock.setFixedTime(NOW)
    return visited
  }
  const importAct = async ({ context }: Visit, name: string): Promise<string> => {
    const meta = name.replace(/\.(?:rus|kaz)\./u, '.').replace('.md', '.meta.yaml')
    const part = async (file: string) => ({
      name: file,
      mimeType: 'text/plain',
      buffer: await readFile(lawPath(file)),
    })
    const response = await context.request.post('/api/v1/act-imports', {
      headers: { origin: server.url },
      multipart: {
        file: await part(name),
        meta: await part(meta === '181886.2023-05-12.meta.yaml' ? '181886.2024-02-22.meta.yaml' : meta),
        dryRun: 'false',
        complete: 'true',
      },
    })
    expect(response.status(), await response.text()).toBe(200)
    return ((await response.json()) as { imported: { actId: string } }).imported.actId
  }

  it.skipIf(!hasLawData)(
    'editions are compared, also one that is not in force yet; what is known but not held is listed; an odd note says so',
    async () => {
      const editor = await enter('editor')
      await importAct(editor, '181886.kaz.2026-07-12.md')
      await importAct(editor, '181886.rus.2023-05-12.md')
      const actId = await importAct(editor, '181886.rus.2026-07-12.md')
      const { page } = editor
      await page.goto(`/acts/${actId}?lang=ru`)
      const compare = page.locator('#compare')
      await compare.getByRole('button', { name: 'Сравнить', exact: true }).click()
      await compare.getByText('15 изменений').waitFor()
      const third = compare.getByTestId('provision-change').filter({ hasText: /^п\. 3 / })
      await expect
        .poll(() => third.innerText())
        .toMatch(/изложен в новой редакции[\s\S]*№ 157[\s\S]*действует с 24\.02\.2024/u)
      const tenth = compare.getByTestId('provision-change').filter({ hasText: /^п\. 10 / })
      await expect
        .poll(() => tenth.locator('ins').allInnerTexts())
        .toEqual(expect.arrayContaining([expect.stringContaining('цифровой')]))
      // By days, as far as they go.
      await compare.locator('#diff-from-state').selectOption('day')
      await compare.locator('#diff-from').fill('24.02.2024')
      await compare.locator('#diff-to-state').selectOption('day')
      await compare.locator('#diff-to').fill('11.07.2026')
      await page.keyboard.press('Tab')
      await compare.getByRole('button', { name: 'Сравнить', exact: true }).click()
      await compare.getByText('Тексты не отличаются.').waitFor()

      const editions = page.locator('#editions')
      await expect.poll(() => editions.getByTestId('edition-not-held').count()).toBeGreaterThan(0)
      const missing = await editions.getByTestId('edition-not-held').allInnerTexts()
      expect(missing.some((text) => /22\.02\.2024|24\.02\.2024/u.test(text) && text.includes('№ 157'))).toBe(true)
      expect(await seriousFindings(page)).toEqual([])
      await compare.locator('#diff-from-state').selectOption({ index: 1 })
      await compare.locator('#diff-to-state').selectOption({ index: 0 })
      await compare.getByRole('button', { name: 'Сравнить', exact: true }).click()
      await compare.getByText('15 изменений').waitFor()
      await shot(page.locator('.history'), 'act-history')

      await page.goto(`/acts/${actId}?lang=kk`)
      const messages = page.getByTestId('edition-messages')
      await messages.getByText('раньше даты самого изменяющего акта').first().waitFor({ state: 'attached' })
      const odd = page.locator('[data-testid="act"] [data-testid="amendment-anomaly"]')
      await expect.poll(() => odd.count()).toBe(2)
      await expect.poll(() => odd.first().innerText()).toContain('13.03.2026')
      await expect.poll(() => odd.first().innerText()).toContain('Сверьте')
      await shot(odd.first(), 'act-anomaly-kk')
      // An operator sees it at the note, and no list of remarks.
      const operator = await enter('operator', { locale: 'kk-KZ' })
      await operator.page.goto(`/acts/${actId}?lang=kk`)
      // In the language of whoever reads.
      await operator.page
        .locator('[data-testid="act"] [data-testid="amendment-anomaly"]', { hasText: 'Күнін салыстырыңыз' })
        .first()
        .waitFor()
      expect(await operator.page.getByTestId('edition-messages').count()).toBe(0)
      expect([...editor.complaints, ...operator.complaints]).toEqual([])
      await operator.context.close()
      await editor.context.close()
    },
    240_000,
  )

  it('a supervisor changes a day with a reason, everybody sees it with its history, and gives it back', async () => {
    const supervisor = await enter('supervisor')
    const { page } = supervisor
    await page.goto('/services')
    await page.getByRole('link', { name: 'Календарь' }).click()
    const special = page.getByTestId('special-days')
    await special.waitFor()
    await expect
      .poll(() => special.locator('[data-date="2026-03-25"]').innerText())
      .toMatch(/перенесённый выходной[\s\S]*22\.03\.2026 \(Наурыз мейрамы\)/u)
    await page.getByRole('button', { name: 'Предыдущий год' }).click()
    await page.getByRole('button', { name: 'Предыдущий год' }).click()
    await expect.poll(() => special.locator('[data-date="2024-05-04"]').innerText()).toContain('№ 109')
    await expect.poll(() => special.locator('[data-date="2024-05-04"]').innerText()).toContain('акт о переносе')
    await page.goto('/services/calendar?year=2026&day=2026-12-07')
    const panel = page.getByTestId('calendar-day')
    await panel.getByText('Правок не было.').waitFor()
    await panel.getByRole('button', { name: 'Сохранить' }).click()
    await panel.getByRole('textbox', { name: 'Причина' }).and(page.locator('[aria-invalid="true"]')).waitFor()
    await panel.getByRole('textbox', { name: 'Причина' }).fill('Перенос отдыха с субботы')
    await panel.getByRole('textbox', { name: 'Акт о переносе' }).fill('приказ от 01.11.2026 № 400')
    await panel.getByRole('button', { name: 'Сохранить' }).click()
    await panel.getByTestId('day-history').getByText('Перенос отдыха с субботы').waitFor()
    await special.locator('[data-date="2026-12-07"]').getByText('решение супервизора').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'calendar')

    const operator = await enter('operator', { locale: 'kk-KZ', width: 900 })
    await operator.page.goto('/services')
    await operator.page.getByRole('link', { name: 'Күнтізбе' }).click()
    await operator.page.goto('/services/calendar?year=2026&day=2026-12-07')
    const seen = operator.page.getByTestId('calendar-day')
    await seen.getByTestId('day-history').getByText('Перенос отдыха с субботы').waitFor()
    expect(await seen.getByRole('button', { name: 'Сақтау' }).count()).toBe(0)
    const width = await operator.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(900)
    await shot(operator.page, 'calendar-operator-kk-900')

    await panel.getByRole('textbox', { name: 'Причина' }).fill('Приказ отменён')
    await panel.getByRole('button', { name: 'Вернуть по правилам' }).click()
    await panel.getByTestId('day-history').getByText('Приказ отменён').waitFor()
    await expect.poll(() => special.locator('[data-date="2026-12-07"]').count()).toBe(0)
    expect([...supervisor.complaints, ...operator.complaints]).toEqual([])
    await operator.context.close()
    await supervisor.context.close()
  }, 180_000)

  it('an agency finds what it submitted, refused files with their faults and the marked file', async () => {
    const agency = await enter('agency')
    const { page } = agency
    const send = async (name: string, rows: string[][]) => {
      const response = await agency.context.request.post(
        `/api/v1/service-submissions?name=${encodeURIComponent(name)}`,
        {
          headers: { origin: server.url },
          multipart: { file: { name, mimeType: 'text/csv', buffer: Buffer.from(csvOf([TITLES, ...rows])) } },
        },
      )
      return response.status()
    }
    expect(await send('С ошибкой.csv', [goodRow(1).with(5, 'javascript:alert(1)')])).toBe(422)
    expect(await send('Чисто.csv', [goodRow(1)])).toBe(201)
    await page.goto('/services')
    await page.getByRole('link', { name: 'Поданное' }).click()
    const rows = page.getByTestId('submission')
    await rows.first().waitFor()
    await expect
      .poll(() => rows.evaluateAll((all) => all.map((one) => one.getAttribute('data-status'))))
      .toEqual(['accepted', 'refused'])
    await rows
      .nth(1)
      .getByRole('button', { name: /Подробно/ })
      .click()
    await page.getByTestId('fault').first().waitFor()
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: /Скачать файл с пометками/ }).click()
    expect((await waiting).suggestedFilename()).toContain('.xlsx')
    await page
      .getByRole('button', { name: /Подробно/ })
      .first()
      .click()
    await page.getByTestId('submission-diff').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'submissions')
    await page.goto('/services/deadlines')
    await page.getByText('Запросов нет.').waitFor()
    expect(agency.complaints).toEqual([])
    await agency.context.close()
  }, 120_000)
})

/** Saves what a page shows into the directory of SHOTS, where somebody wants to look. */
async function shot(what: Page | Locator, name: string): Promise<void> {
  // oxlint-disable-next-line node/no-process-env
  const directory = process.env['SHOTS']
  if (directory !== undefined)
    await what.screenshot({ path: `${directory}/${name}.png`, ...('goto' in what ? { fullPage: true } : {}) })
}
