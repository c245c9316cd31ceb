import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { HttpEnv } from '#server/http/env.ts'
import { callerAddress } from './caller-address.ts'

const app = (trustProxy: boolean) =>
  new Hono<HttpEnv>().get('/', (c) => c.json({ address: callerAddress(c, trustProxy) }))
const forged = { headers: { 'x-forwarded-for': '203.0.113.7' } }

it('is of the connection; what a header tells counts behind our own proxy alone', async () => {
  const server = createServer(getRequestListener(app(false).fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}/`, forged)).json()).toEqual({ address: '127.0.0.1' })
  await new Promise((resolve) => server.close(resolve))
  expect(await (await app(true).request('/', forged)).json()).toEqual({ address: '203.0.113.7' })
  expect(await (await app(false).request('/', forged)).json()).toEqual({ address: null })
})
