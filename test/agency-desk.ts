import { afterAll, beforeAll, expect } from 'vitest'
import { z } from 'zod'
import { goodRow } from '#ingest/services/fixtures/make-files.ts'
import { DeadlineSchema } from '#server/services/schema.ts'
import { testApp, type TestApp } from './harness.ts'

/** The body of a response, which must be as its schema says. */
export const read = async <S extends z.ZodType>(schema: S, response: Response): Promise<z.infer<S>> =>
  schema.parse(await response.json())

/** A good row of Appendix 1 with one cell changed. */
export const row = (i: number, column: number, value: string): string[] => goodRow(i).with(column, value)

/**
 * The app with an agency that sends Appendix 1, for the test file that calls it: it opens and closes with the file. The clock stands at noon
 * of 25 November 2026 in Almaty until a test moves it.
 */
export function agencyDesk() {
  let t: TestApp | undefined
  const clock = { day: '2026-11-25' }
  const opened = (): TestApp => t ?? expect.fail('the desk opens with the tests')
  beforeAll(async () => {
    t = await testApp({ now: () => new Date(`${clock.day}T06:00:00Z`) })
  })
  afterAll(() => t?.close())
  return {
    /** The app, from `beforeAll` on. */
    get t(): TestApp {
      return opened()
    },
    /** Its day may be set. */
    clock,
    send: async (
      file: Uint8Array | string,
      options: { query?: string; headers?: Record<string, string>; type?: string } = {},
    ): Promise<Response> =>
      opened().app.request(`/api/v1/service-submissions${options.query ?? ''}`, {
        method: 'POST',
        headers: { 'content-type': options.type ?? 'text/csv', ...(await opened().as('agency')), ...options.headers },
        body: typeof file === 'string' ? file : Buffer.from(file),
      }),
    deadlinesOf: async (serviceId: string) =>
      (
        await read(
          z.object({ items: z.array(DeadlineSchema) }),
          await opened().get(`/api/v1/service-deadlines?state=all&serviceId=${serviceId}`, 'supervisor'),
        )
      ).items,
  }
}
