import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { INVENTED, standInModel, type StandInModel } from '#test/stand-in-model.ts'
import { answer, answered, hasBrowser, openBrowser, type, visitAs } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

describe.skipIf(!hasBrowser)('an answer that a chat model writes', () => {
  let model: StandInModel
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    model = await standInModel()
    server = await startTestServer({
      CHAT_PROVIDER: 'openai-compatible',
      CHAT_MODEL: 'stand-in-32b',
      CHAT_URL: model.urls['openai-compatible'],
      CHAT_FIRST_TOKEN_SECONDS: '3',
      CHAT_RETRIES: '0',
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await model?.close()
  })

  it.each([
    ['ru-RU', 'Составила модель stand-in-32b', 'не начала отвечать вовремя'],
    ['kk-KZ', 'stand-in-32b моделі құрастырды', 'уақытында жауап бере бастамады'],
    ['en-GB', 'Written by the model stand-in-32b', 'did not begin in time'],
  ] as const)(
    '%s: names the model, and says so when the extract speaks in its place',
    async (locale, named, silent) => {
      const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale })
      model.behaviour = 'honest'
      await page.goto('/')
      await type(page, 'в какой срок отвечают на письмо')
      await answered(page)
      await expect.poll(() => page.getByTestId('answer-model').innerText()).toContain(named)
      expect(await page.getByTestId('answer-fallback').count()).toBe(0)

      model.behaviour = 'silent'
      await page.goto('/')
      await type(page, 'в какой срок отвечают на электронное письмо')
      await page.getByTestId('answer-fallback').waitFor()
      await expect.poll(() => page.getByTestId('answer-fallback').innerText()).toContain(silent)
      await expect.poll(() => answer(page).innerText()).toContain('двух рабочих дней')
      expect(await page.getByTestId('answer-model').count()).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['ru-RU', 'Слова источника', 'Слово в слово', 'показать всю цитату'],
    ['kk-KZ', 'Дереккөздің сөздері', 'сөзбе-сөз', 'толық көрсету'],
    ['en-GB', 'Words of the source', 'Word for word', 'show the whole quote'],
  ] as const)(
    '%s: the words of the source stand beside a sentence that tells them otherwise',
    async (locale, of, same, whole) => {
      const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale })
      model.behaviour = 'rewriting'
      await page.goto('/')
      await type(page, 'в какой срок отвечают на письмо')
      await answered(page)
      const told = page.locator('.sentence-with-words', { hasText: '2 рабочих' }).first()
      await expect.poll(() => told.getByTestId('sentence').innerText()).toContain('в течение 2 рабочих дней')
      const quoted = told.getByTestId('quoted')
      await expect.poll(() => quoted.innerText()).toContain(of)
      await expect.poll(() => quoted.locator('blockquote').innerText()).toContain('двух рабочих дней')
      // A sentence in the words of the source needs no second copy of them.
      await expect.poll(() => page.getByTestId('verbatim').first().innerText()).toContain(same)

      await page.goto('/')
      await type(page, 'в какой срок предоставляется запись разговора оператора')
      await answered(page)
      const folded = page.locator('details.quoted').first()
      await expect.poll(() => folded.locator('summary').innerText()).toContain(whole)
      expect(await folded.locator('blockquote').isVisible()).toBe(false)
      await folded.locator('summary').focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => folded.locator('blockquote').innerText()).toContain('не превышающий четырех часов')
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['ru-RU', 'Составила модель stand-in-32b', 'сервер'],
    ['kk-KZ', 'stand-in-32b моделі құрастырды', 'сервер'],
    ['en-GB', 'Written by the model stand-in-32b', 'server'],
  ] as const)('%s: the draft of a reply says of each question who wrote its answer', async (locale, named, failed) => {
    const { context, page, complaints } = await visitAs(browser, server, 'operator', { locale })
    const made = await page.request.post('/api/v1/inquiries', {
      data: {
        channel: 'e-mail',
        letter: {
          messageId: `<${locale}@mail.example>`,
          from: { address: 'x@mail.example' },
          text: 'Здравствуйте! В какой срок отвечают на письмо? В какой срок предоставляется запись разговора оператора?',
        },
      },
      headers: { origin: server.url },
    })
    const { id } = (await made.json()) as { id: string }
    model.behaviour = 'honest'
    model.next = ['honest', 'broken']
    await page.goto(`/inquiries/${id}`)
    await page.getByTestId('letter').waitFor()
    await page.keyboard.press('d')
    const parts = page.getByTestId('reply-sources').locator('.reply-part')
    await expect.poll(() => parts.count()).toBe(2)
    await expect.poll(() => parts.nth(0).getByTestId('answer-model').innerText()).toContain(named)
    await expect.poll(() => parts.nth(1).getByTestId('answer-fallback').innerText()).toContain(failed)
    expect(await parts.nth(0).getByTestId('answer-fallback').count()).toBe(0)
    expect(await seriousFindings(page)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows nothing that the model made up', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { locale: 'ru-RU' })
    model.behaviour = 'inventing'
    for (let seed = 1; seed <= 4; seed += 1) {
      model.seed = seed
      await page.goto('/')
      await type(page, `в какой срок отвечают на письмо ${'пожалуйста '.repeat(seed)}`)
      await answered(page)
      const shown = await page.getByTestId('sentence').allInnerTexts()
      expect(shown.join('\n')).not.toMatch(INVENTED)
      for (const text of model.invented.keys()) expect(shown.some((one) => one.startsWith(text))).toBe(false)
    }
    await context.close()
  })
})
