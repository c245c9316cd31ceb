import { Writable } from 'node:stream'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

it('tells a failed query without its values', () => {
  let written = ''
  const log = createLogger(
    'info',
    new Writable({ write: (chunk: Buffer, _, done) => ((written += chunk.toString()), done()) }),
  )
  log.error(
    {
      err: new DrizzleQueryError(
        'insert into letter values ($1)',
        ['Айгүл\n    at 900101300123'],
        new Error('null value in column'),
      ),
    },
    'failed',
  )
  expect(written).not.toMatch(/Айгүл|900101300123/u)
  expect(written).toContain('insert into letter')
  expect(written).toContain('null value in column')
  expect(written).toContain('logger.test.ts')
  log.error({ err: new TypeError('plain') }, 'failed')
  expect(written).toContain('plain')
})
