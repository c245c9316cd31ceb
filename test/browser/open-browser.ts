import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { TestServer } from '#test/harness.ts'

const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

/** Whether browser tests can run here; says so aloud when they cannot. */
export const hasBrowser = existsSync(EXECUTABLE)
if (!hasBrowser)
  console.warn(`Browser tests are SKIPPED: no Chromium at ${EXECUTABLE}. Install it, or set CHROMIUM_PATH.`)

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] })

export interface Visit {
  context: BrowserContext
  page: Page
  /** What the browser complained of: errors of scripts, violations of the content policy. */
  complaints: string[]
}

export interface VisitOptions {
  locale?: 'ru-RU' | 'kk-KZ' | 'en-GB'
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
}

/** A fresh browser profile on the server. */
export async function visit(browser: Browser, server: TestServer, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: options.locale ?? 'ru-RU',
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|Warning:|unique "key"/i.test(message.text())) complaints.push(message.text())
  })
  return { context, page, complaints }
}

// Signing in is throttled, as it should be: each role signs in once a server.
const sessions = new WeakMap<TestServer, Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>>()

/** A fresh profile in which somebody of this role is signed in already. */
export async function visitAs(
  browser: Browser,
  server: TestServer,
  role: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const visited = await visit(browser, server, options)
  const known = sessions.get(server) ?? new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()
  sessions.set(server, known)
  const cookies = known.get(role)
  if (cookies === undefined) {
    const who = signInOf(server, role)
    const response = await visited.context.request.post('/api/v1/auth/sign-in/email', {
      data: { email: who.email, password: who.password },
      headers: { origin: server.url },
    })
    if (!response.ok()) throw new Error(`Sign-in as ${role} answered ${response.status()}: ${await response.text()}`)
    known.set(role, await visited.context.cookies())
  } else await visited.context.addCookies(cookies)
  return visited
}

export function signInOf(server: TestServer, role: string): TestServer['signIns'][number] {
  const found = server.signIns.find((candidate) => candidate.role === role)
  if (found === undefined) throw new Error(`The test server has no sign-in for ${role}`)
  return found
}

export const field = (page: Page) => page.locator('input[type="search"]')
export const hits = (page: Page) => page.getByTestId('hit')
export const answer = (page: Page) => page.getByTestId('answer')

/** Types as a person does, a letter at a time. */
export async function type(page: Page, text: string): Promise<void> {
  await field(page).focus()
  await page.keyboard.type(text, { delay: 12 })
}

/** Waits for a complete answer to what is typed. */
export const answered = (page: Page) => page.getByTestId('answer-status').waitFor({ timeout: 10_000 })
