import type { TestProject } from 'vitest/node'
import { makeTemplates, removePlace, type Templates } from './templates.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    templates: Templates
  }
}

/** Projects of one run have a setup each, and one set of templates: kept where all of them look. */
const HELD = Symbol.for('bilim.test.templates')
interface Held {
  made: Promise<Templates>
  users: number
}
const shared = globalThis as typeof globalThis & { [HELD]?: Held | undefined }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const held = (shared[HELD] ??= { made: makeTemplates(), users: 0 })
  held.users += 1
  const templates = await held.made
  project.provide('templates', templates)
  return async () => {
    held.users -= 1
    if (held.users > 0) return
    shared[HELD] = undefined
    for (const one of Object.values(templates)) await removePlace(one)
  }
}
