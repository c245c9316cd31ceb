import { expect, it } from 'vitest'
import { forwardedAddress } from './forwarded-address.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  // The caller can write what it likes in front; our proxy appends.
  ['1.1.1.1, 203.0.113.7', '203.0.113.7'],
  ['1.1.1.1,2001:db8::1', '2001:db8::1'],
  ['1.1.1.1, unknown', null],
  ['', null],
])('%j is from %j', (header, address) => {
  expect(forwardedAddress(new Headers({ 'x-forwarded-for': header }))).toBe(address)
})
