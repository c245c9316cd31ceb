import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { standInImap } from '#test/stand-in-imap.ts'
import { hasBrowser, openBrowser, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

/** Where to leave pictures of the pages, for whoever wants to look. */
const SHOTS = process.env['SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

const LETTER = [
  'From: "Person" <person@example.kz>',
  'Subject: Letter with a file',
  'Message-ID: <browser-1@mail.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Здравствуйте! В какой срок вы отвечаете на письмо?</p><div style="display:none">Тайный текст</div>',
  '--b',
  'Content-Type: application/pdf; name="report.pdf"',
  'Content-Disposition: attachment; filename="report.pdf"',
  '',
  '%PDF-1.7',
  '--b--',
  '',
].join('\r\n')
const AUTOMATIC =
  'From: robot@example.kz\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nМеня нет на месте'

describe.skipIf(!hasBrowser)('incoming mail', () => {
  let imap: Awaited<ReturnType<typeof standInImap>>
  let server: TestServer
  let browser: Browser
  beforeAll(async () => {
    imap = await standInImap()
    await imap.deliver(LETTER)
    await imap.deliver(AUTOMATIC)
    server = await startTestServer({
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: String(imap.port),
      IMAP_SECURITY: 'none',
      IMAP_USER: imap.user,
      IMAP_PASSWORD: imap.password,
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await imap?.close()
  })

  it('the list says how it stands with the mailbox; a letter shows its file and what it hides', async () => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator')
    await page.goto('/inquiries')
    await page.getByTestId('mail-state').waitFor()
    await page.getByRole('link', { name: 'Letter with a file' }).click()
    const letter = page.getByTestId('letter')
    await letter.waitFor()
    await expect.poll(() => letter.innerText()).toContain('В какой срок вы отвечаете на письмо?')
    expect(await page.getByText('Тайный текст').isVisible()).toBe(false)
    await page.getByTestId('hidden-text').locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('Тайный текст').isVisible()).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'report.pdf' }).press('Enter'),
    ])
    expect(download.suggestedFilename()).toBe('report.pdf')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, 'letter')
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each(['ru-RU', 'kk-KZ', 'en-GB'] as const)('what is kept apart is read by keys alone: %s', async (locale) => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale })
    await page.goto('/incoming-mail')
    const apart = page.getByTestId('apart-letter')
    await apart.waitFor()
    await apart.locator('summary').focus()
    await page.keyboard.press('Enter')
    await page.getByText('Меня нет на месте').waitFor()
    await expect.poll(() => page.getByTestId('mail-state').getAttribute('data-state')).toBe('connected')
    expect(await seriousFindings(page)).toEqual([])
    await shot(page, `apart-${locale}`)
    expect(complaints).toEqual([])
    await context.close()
  })
})
