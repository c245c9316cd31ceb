import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { amendedRules, furtherAmended } from '#test/amended-rules.ts'
import { startTestServer, type TestServer } from '#test/harness.ts'
import { hasBrowser, openBrowser, visitAs, type Visit } from './open-browser.ts'
import { seriousFindings } from './serious-findings.ts'

describe.skipIf(!hasBrowser)('rows of tasks that the server opens by itself', () => {
  let server: TestServer
  let browser: Browser
  const visits: Visit[] = []
  let editor: Visit
  let agency: Visit
  let supervisor: Visit
  let day = '2026-11-26'

  const come = async (role: string, locale?: 'kk-KZ' | 'en-GB'): Promise<Visit> => {
    const visited = await visitAs(browser, server, role, locale === undefined ? {} : { locale })
    visits.push(visited)
    return visited
  }
  /** Asks with a page's session. */
  async function ask<T>(
    { context }: Visit,
    method: 'GET' | 'POST',
    path: string,
    body: { data?: unknown; multipart?: FormData } = {},
  ): Promise<T> {
    const response = await context.request.fetch(`/api/v1${path}`, {
      method,
      headers: { origin: server.url },
      ...body,
    })
    expect(response.status(), await response.text()).toBeLessThan(300)
    return (await response.json()) as T
  }

  interface Draft {
    draftId: string
    articleId: string
    revision: number
    versionId: string
    content: { actId: string; body: string }
  }
  /** A published article of the editor's, approved by the supervisor. */
  async function release(content: Record<string, string>): Promise<Draft> {
    const draft = await ask<Draft>(editor, 'POST', '/editorial/drafts', { data: { lang: 'ru', content } })
    const path = `/editorial/drafts/${draft.draftId}`
    const { versionId } = await ask<Draft>(editor, 'POST', `${path}/submit`, { data: { revision: draft.revision } })
    await ask(supervisor, 'POST', `${path}/approve`, { data: { versionId } })
    return ask<Draft>(editor, 'POST', `${path}/publish`, { data: { versionId } })
  }

  beforeAll(async () => {
    server = await startTestServer({}, { now: () => new Date(`${day}T07:00:00Z`) })
    browser = await openBrowser()
    ;[editor, agency, supervisor] = [await come('editor'), await come('agency'), await come('supervisor')]
    await ask(agency, 'POST', '/service-submissions?name=a.json', {
      data: [
        {
          registryNumber: '00101001',
          name: 'Выдача справки',
          byLaw: 'приказ от 26 января 2016 года № 83',
          changes: 'приказ от 04.10.2022 № 368/НҚ; приказ от 28.07.2023 № 292/НҚ',
          webResource: 'https://egov.kz',
          responsible: 'Ахметов Серик Болатович, главный специалист',
          contacts: '+7 7172 74 07 60, вн. 123; a.serik@adilet.gov.kz',
        },
      ],
    })
    // An article of the editor's own that quotes point 8, behind which an amendment will put point 8-1.
    const { items } = await ask<{ items: { articleId: string; slug: string }[] }>(editor, 'GET', '/articles?limit=200')
    const articleId = items.find(({ slug }) => slug === 'contact-centre-rules-channels')?.articleId ?? ''
    const { content: of } = await ask<Draft>(editor, 'POST', '/editorial/drafts', { data: { articleId, lang: 'ru' } })
    const [block = ''] = /^(:{3,})provision\{#chp_2__para_8 [\s\S]*?^\1$/mu.exec(of.body) ?? []
    const content = { slug: 'own-letters', title: 'О письмах', actId: of.actId, body: `${block}\n` }
    await release(content)
    const text = furtherAmended(await amendedRules())
    const form = new FormData()
    form.set('file', new File([text], 'contact-centre-rules.ru.txt', { type: 'text/plain' }))
    form.set('dryRun', 'false')
    await ask(editor, 'POST', '/act-imports', { multipart: form })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const rowsOf = ({ page }: Visit, what: string) => page.getByTestId('task').filter({ hasText: what })

  it('an agency’s term stands on the editors’ desk, on the agency’s page and on the service’s, each with its point and its count', async () => {
    const desk = editor.page
    await desk.goto('/editorial')
    const row = rowsOf(editor, 'Выдача справки').filter({ hasText: '№ 7' })
    await row.waitFor()
    // The order is of 1 November, a Sunday: five working days.
    await expect
      .poll(() => row.innerText())
      .toMatch(/06\.11\.2026, просрочен[\s\S]*срок истёк · п\. 26 · приказ от 01\.11\.2026 № 7/u)
    await expect.poll(() => row.getByRole('button').allInnerTexts()).toEqual(['Взять'])
    await row.getByRole('link', { name: 'Выдача справки' }).click()
    await desk.waitForURL(/\/services\/svc_/u)
    const clock = desk.getByTestId('deadline').filter({ hasText: '№ 7' })
    await expect.poll(() => clock.getAttribute('data-state')).toBe('overdue')
    await clock.getByRole('button', { name: /Подсчёт по дням/u }).click()
    const counted = desk.getByTestId('deadline-count').getByRole('row').filter({ hasText: '06.11.2026' })
    await counted.waitFor()
    await expect.poll(() => counted.getByRole('cell').nth(2).innerText()).toBe('5')
    expect(await seriousFindings(desk)).toEqual([])

    for (const [locale, point, duty] of [
      [undefined, 'п. 26', 'Актуализировать сведения об услуге'],
      ['kk-KZ', '26-тармақ', 'Қызмет туралы мәліметтерді өзектендіру'],
      ['en-GB', 'п. 26', 'Bring the information on the service up to date'],
    ] as const) {
      const { page } = await come('agency', locale)
      await page.goto('/services/deadlines')
      const task = page.getByTestId('agency-task').filter({ hasText: '№ 7' })
      await task.waitFor()
      await expect.poll(() => task.getAttribute('data-overdue')).toBe('true')
      await expect.poll(() => task.innerText()).toContain(point)
      await expect.poll(() => task.innerText()).toContain(duty)
      await task.getByRole('link', { name: /Выдача справки/u }).click()
      const own = page.getByTestId('deadline').filter({ hasText: '№ 7' })
      await own.waitFor()
      await expect.poll(() => own.innerText()).toContain(`${point} ${duty}`)
    }
  })

  it('what an amendment put beside an article’s point is its editor’s to judge, said in three languages', async () => {
    for (const [locale, said, fresh] of [
      ['kk-KZ', 'жаңа', 'п. 8-1'],
      ['en-GB', 'beside what the article quotes (п. 8)', 'п. 8-1'],
    ] as const) {
      const visited = await come('editor', locale)
      await visited.page.goto('/editorial')
      const row = rowsOf(visited, 'О письмах').filter({ has: visited.page.locator('[data-mode="neighbour"]') })
      await row.waitFor()
      await expect.poll(async () => (await row.innerText()).toLowerCase()).toContain(said)
      await expect.poll(() => row.innerText()).toContain(fresh)
    }
    const { page } = editor
    await page.goto('/editorial')
    const row = rowsOf(editor, 'О письмах').filter({ has: page.locator('[data-mode="neighbour"]') })
    await row.getByText('Рядом с тем, что цитирует статья (п. 8), в акте появилось новое').waitFor()
    await expect.poll(() => row.innerText()).toMatch(/Появились: п\. 8-1[\s\S]*05\.12\.2026[\s\S]*№ 9/u)
    expect(await seriousFindings(page)).toEqual([])
    await row.getByRole('button', { name: 'Статье это не нужно' }).click()
    await expect.poll(() => row.count()).toBe(0)
    await page.reload()
    await page.getByTestId('task').first().waitFor()
    expect(await row.count()).toBe(0)
    for (const { complaints } of visits) expect(complaints).toEqual([])
  })

  it('what is to be looked at again, and where a link leads nowhere, is listed in three languages', async () => {
    const target = await release({ slug: 'target', title: 'Цель ссылки', body: 'Текст.\n' })
    await release({
      slug: 'old',
      title: 'Старая статья',
      reviewBy: '2026-11-27',
      body: `Вступление.\n\nСм. [цель](/articles/${target.articleId}).\n`,
    })
    await ask(editor, 'POST', `/articles/${target.articleId}/versions/${target.versionId}/withdraw`, {
      data: { reason: 'лишняя' },
    })
    day = '2026-11-30'
    for (const [locale, review, at, overdue, broken] of [
      [undefined, 'срок пересмотра', 'строка 3', 'просрочено', 'Ссылка «цель»: опубликованной статьи'],
      ['kk-KZ', 'қайта қарау мерзімі', '3-жол', 'мерзімі өтті', '«цель» сілтемесі:'],
      ['en-GB', 'review date', 'line 3', 'overdue', 'Link “цель”: there is no published article'],
    ] as const) {
      const visited = await come('editor', locale)
      const { page } = visited
      await page.goto('/editorial')
      const task = rowsOf(visited, 'Старая статья').filter({ hasText: review })
      await task.waitFor()
      await rowsOf(visited, 'Старая статья').filter({ hasText: broken }).waitFor()
      await expect.poll(() => task.innerText()).toContain(`27.11.2026`)
      await expect.poll(() => task.innerText()).toContain(overdue)
      await expect.poll(() => task.innerText()).toContain(review)
      const listed = page.locator('li.task').filter({ hasText: 'Старая статья' })
      await page.goto('/editorial?tab=stale')
      await listed.getByText(review).waitFor()
      await page.goto('/editorial?tab=broken')
      await listed.waitFor()
      await expect.poll(async () => (await listed.innerText()).toLowerCase()).toContain(at)
      await expect.poll(() => listed.innerText()).toContain(broken)
    }
    for (const { complaints } of visits) expect(complaints).toEqual([])
  })
})
