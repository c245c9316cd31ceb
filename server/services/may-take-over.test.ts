import { describe, expect, it } from 'vitest'
import type { Actor } from '#server/context.ts'
import { CENTRE } from './assume-agency.ts'
import { mayTakeOver } from './may-take-over.ts'

type Who = Pick<Actor, 'kind' | 'role'>
const user = (role: Actor['role']): Who => ({ kind: 'user', role }) as Who
const key = (role: Actor['role']): Who => ({ kind: 'key', role }) as Who

describe('who takes over a service that is only assumed to be somebody’s', () => {
  it.each<[who: string, actor: Who, heldBy: string, submittedFor: string, may: boolean]>([
    ['the body that it is assumed for', user('agency'), 'agc_justice', 'agc_justice', true],
    ['its key', key('agency'), 'agc_justice', 'agc_justice', true],
    ['another body', user('agency'), 'agc_justice', 'agc_interior', false],
    ['another body’s key', key('agency'), 'agc_justice', 'agc_interior', false],
    ['any body, of what nobody is known to hold', user('agency'), CENTRE, 'agc_justice', false],
    ['an editor, for the body that it is assumed for', user('editor'), 'agc_justice', 'agc_justice', true],
    ['an editor, for another', user('editor'), 'agc_justice', 'agc_interior', false],
    ['an editor, of what nobody is known to hold', user('editor'), CENTRE, 'agc_justice', false],
    ['a supervisor', user('supervisor'), CENTRE, 'agc_justice', true],
    ['a supervisor, away from another body', key('supervisor'), 'agc_interior', 'agc_justice', true],
    ['an administrator', user('admin'), CENTRE, 'agc_justice', true],
    ['the terminal', { kind: 'system', role: null }, CENTRE, 'agc_justice', true],
  ])('%s', (_, actor, heldBy, submittedFor, may) => {
    expect(mayTakeOver(actor, { heldBy, submittedFor })).toBe(may)
  })
})
