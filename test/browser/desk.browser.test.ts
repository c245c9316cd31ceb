import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, signInOf, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

/** Where to leave pictures of the pages, for whoever wants to look. */
const SHOTS = process.env['SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

describe.skipIf(!hasBrowser)('the service desk', () => {
  let server: TestServer
  let browser: Browser
  let telephony: string

  beforeAll(async () => {
    server = await startTestServer()
    browser = await openBrowser()
    const { context } = await visitAs(browser, server, 'admin')
    const made = await context.request.post('/api/v1/keys', {
      data: { name: 'telephony', role: 'telephony' },
      headers: { origin: server.url },
    })
    telephony = ((await made.json()) as { key: string }).key
    await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const register = async (page: Page, letter: object): Promise<{ id: string; number: string }> => {
    const made = await page.request.post('/api/v1/inquiries', {
      data: { channel: 'e-mail', letter },
      headers: { origin: server.url },
    })
    return (await made.json()) as { id: string; number: string }
  }
  const hear = async (events: readonly object[]): Promise<void> => {
    const response = await fetch(`${server.url}/api/v1/telephony/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${telephony}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    })
    expect(response.status).toBe(200)
  }

  it('a letter is drafted, edited, sent and recorded, by keys alone', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale: 'ru-RU' })
    const { number } = await register(page, {
      messageId: '<q1@mail.example>',
      from: { name: 'Айгүл Серікова', address: 'aigul@example.kz' },
      subject: 'Срок ответа',
      text: 'Здравствуйте!\n\nВ какой срок вы отвечаете на письмо? Какая погода будет завтра в Алматы?\n\nС уважением,\nАйгүл',
    })
    await page.goto('/')
    await page.locator('h1, .search-page').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('body').click({ position: { x: 5, y: 500 } })
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await page.getByTestId('inquiry').waitFor()
    expect(await page.getByTestId('inquiry').innerText()).not.toMatch(/Серікова|aigul@/u)
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'inquiries')
    await page.getByRole('link', { name: 'Срок ответа' }).focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('letter').waitFor()
    await expect.poll(() => page.getByTestId('not-delivered').innerText()).toContain('не отправляются')
    const term = page.getByTestId('term-of')
    await term.getByRole('button', { name: 'Как посчитан срок' }).click()
    await term.getByText('п. 8: 2 раб. дн. начиная со дня после').waitFor()
    await expect.poll(() => term.locator('tr[data-counts="true"]').count()).toBe(2)
    await shot(page, 'inquiry')

    await page.keyboard.press('d')
    const text = page.getByTestId('reply-text')
    await text.waitFor()
    await expect.poll(() => text.inputValue()).toContain('Здравствуйте, Айгүл Серікова!')
    await expect.poll(() => text.inputValue()).toContain(`№ ${number}`)
    await expect.poll(() => text.inputValue()).toContain('двух рабочих дней')
    await expect.poll(() => page.getByTestId('reply-point').first().innerText()).toContain('п. 8')
    await expect
      .poll(() => page.getByTestId('reply-sources').innerText())
      .toContain('ответа нет: сказано, чей это вопрос')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'draft')

    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\nХорошего дня!')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('reply-sent').waitFor()
    await expect.poll(() => page.getByTestId('reply-sent').locator('ins').innerText()).toContain('Хорошего дня!')
    // One of its questions has no answer yet.
    await expect.poll(() => page.getByTestId('inquiry-status').getAttribute('data-status')).toBe('in-work')
    await expect.poll(() => page.getByTestId('letter').count()).toBe(2)
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'sent')
    await page.reload()
    await page.getByTestId('reply-sent').waitFor()
    expect(await page.getByTestId('reply-text').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('while a caller speaks the operator sees points and an answer without typing, then confirms the notes', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale: 'ru-RU' })
    const at = '2026-11-26T05:00:00Z'
    const callId = 'tel-1'
    const say = (order: number, speaker: string, text: string, revision: number, final: boolean) => ({
      type: 'transcript',
      callId,
      at,
      segment: { id: `s${order}`, order, speaker, text, revision, final },
    })
    await hear([
      { type: 'call.started', callId, at, operator: signInOf(server, 'operator').email },
      say(0, 'operator', 'Единый контакт-центр, слушаю вас.', 1, true),
    ])
    await page.goto('/calls')
    await page.getByTestId('call').getByRole('link').focus()
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByTestId('segment').waitFor()
    await hear([say(1, 'caller', 'Здравствуйте, меня зовут Нурлан, я хочу узнать срок ответа на письмо', 1, false)])
    await page.getByTestId('assist-hit').first().waitFor()
    await expect.poll(() => page.getByTestId('assist').innerText()).toContain('п. 8')
    await expect.poll(() => page.getByTestId('segment').last().innerText()).toContain('я хочу узнать')
    expect(await page.getByTestId('segment').last().innerText()).not.toContain('Нурлан')
    await hear([say(1, 'caller', 'Здравствуйте, меня зовут Нурлан. В какой срок вы отвечаете на письмо?', 2, true)])
    await page.getByTestId('assist-status').waitFor()
    await expect.poll(() => page.getByTestId('assist-sentence').first().innerText()).toContain('двух рабочих дней')
    // Who reads it out sees that it is the source's wording.
    await expect.poll(() => page.getByTestId('verbatim').first().isVisible()).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'call')

    await hear([{ type: 'call.ended', callId, at }])
    await page.locator('[data-testid=call-state][data-state=ended]').waitFor()
    await page.keyboard.press('n')
    await page.getByTestId('notes-form').waitFor()
    await expect.poll(() => page.getByTestId('notes-writer').innerText()).toContain('из слов звонящего')
    await expect
      .poll(() => page.getByLabel('Содержание').inputValue())
      .toContain('В какой срок вы отвечаете на письмо?')
    await expect.poll(() => page.getByLabel('Принятые меры').inputValue()).toContain('п. 8')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'notes')
    await page.getByLabel('Регион').fill('город Астана')
    await page.getByLabel('Содержание').focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' Перезвонит.')
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('notes-confirmed').waitFor()
    await expect.poll(() => page.getByTestId('notes-confirmed').innerText()).toContain('Перезвонит.')
    await shot(page, 'confirmed')
    await page.getByRole('link', { name: 'Открыть обращение' }).click()
    await page.getByTestId('inquiry-status').waitFor()
    await expect.poll(() => page.locator('.page-desk').innerText()).toContain('город Астана')
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each([
    ['kk-KZ', 'dark', 'Жауап дайындау'],
    ['en-GB', 'light', 'Draft a reply'],
  ] as const)('speaks %s, in the %s colours', async (locale, colorScheme, make) => {
    const { context, page } = await visitAs(browser, server, 'operator', { locale, colorScheme })
    const { id } = await register(page, {
      messageId: `<${locale}@mail.example>`,
      from: { address: 'someone@example.kz' },
      subject: 'Хатқа жауап',
      text: 'Сәлеметсіз бе! Электрондық поштамен келген өтінішке қанша күнде жауап бересіз?',
    })
    await page.goto(`/inquiries/${id}`)
    await page.getByRole('button', { name: make }).click()
    await page.getByTestId('reply-text').waitFor()
    await expect.poll(() => page.getByTestId('reply-text').inputValue()).toMatch(/^Сәлеметсіз бе!/u)
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, `draft-${locale}`)
    await context.close()
  })

  it('shows the desk to those who work there, and no draft button to who supervises', async () => {
    for (const role of ['editor', 'agency']) {
      const { context, page } = await visitAs(browser, server, role)
      await page.goto('/inquiries')
      await page.locator('h1').waitFor()
      expect(await page.getByTestId('inquiry').count()).toBe(0)
      await context.close()
    }
    const { context, page } = await visitAs(browser, server, 'authority')
    await page.goto('/inquiries?state=all')
    await page.getByTestId('inquiry').first().waitFor()
    await page.getByRole('link', { name: 'Срок ответа' }).click()
    // What was asked, and not the letter that says who asks.
    await page.locator('.inquiry-facts dd[lang]').first().waitFor()
    expect(await page.getByTestId('letter').count()).toBe(0)
    expect(await page.locator('.page-desk').innerText()).not.toMatch(/Серікова|aigul@example/u)
    await context.close()
  })
})
