import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { INVENTED, standInModel, type StandInModel } from '#test/stand-in-model.ts'
import { answer, answered, hasBrowser, openBrowser, type, visitAs } from './open-browser.ts'

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
      expect(await page.getByTestId('answer-model').innerText()).toContain(named)
      expect(await page.getByTestId('answer-fallback').count()).toBe(0)

      model.behaviour = 'silent'
      await page.goto('/')
      await type(page, 'в какой срок отвечают на электронное письмо')
      await page.getByTestId('answer-fallback').waitFor()
      expect(await page.getByTestId('answer-fallback').innerText()).toContain(silent)
      expect(await answer(page).innerText()).toContain('двух рабочих дней')
      expect(await page.getByTestId('answer-model').count()).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  it('shows nothing that the model made up', async () => {
    const { context, page } = await visitAs(browser, server, 'operator', { locale: 'ru-RU' })
    model.behaviour = 'inventing'
    for (let seed = 1; seed <= 4; seed += 1) {
      model.seed = seed
      await page.goto('/')
      await type(page, `в какой срок отвечают на письмо ${'пожалуйста '.repeat(seed)}`)
      await answered(page)
      expect(await answer(page).innerText()).not.toMatch(INVENTED)
    }
    await context.close()
  })
})
