import { describe, expect, test } from 'vitest'
import { ROUTES } from '../routes.tsx'
import { isIn, SECTIONS, type SectionName } from './sections.ts'

const isName = (name: string): name is SectionName => name in SECTIONS
const names = Object.keys(SECTIONS).filter(isName)
/** Addresses of all pages behind the sign-in, with something in the place of their parameters. */
const pages = (ROUTES.find(({ path }) => path === '/')?.children ?? [])
  .filter(({ path }) => path !== '*')
  .map(({ path = '' }) => `/${path.replaceAll(/:\w+/gu, 'x')}`)

describe('sections of the top bar', () => {
  test.each(pages)('%s is marked in one of them', (page) => {
    expect(names.filter((name) => isIn(name, page))).toHaveLength(1)
  })

  test('every one of them opens a page, and names no path that no page has', () => {
    expect(pages.length).toBeGreaterThan(20)
    for (const name of names) {
      expect(pages).toContain(SECTIONS[name][0])
      for (const path of SECTIONS[name])
        expect(pages.some((page) => page === path || page.startsWith(`${path}/`))).toBe(true)
    }
  })

  test('a path that only begins like one of a section is not in it', () => {
    expect(names.filter((name) => isIn(name, '/articlesque'))).toEqual([])
    expect(names.filter((name) => isIn(name, '/incoming-mail'))).toEqual(['desk'])
    expect(names.filter((name) => isIn(name, '/agencies'))).toEqual(['services'])
  })
})
