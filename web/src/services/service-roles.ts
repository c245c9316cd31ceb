import type { Session } from '../api/types.ts'

type Role = Session['role']

const WRITERS: ReadonlySet<Role> = new Set(['agency', 'editor', 'supervisor', 'admin'])
const CENTRE: ReadonlySet<Role> = new Set(['editor', 'supervisor', 'admin'])

/** Who submits, records training and replaces people; the server decides, this only shows what it would allow. */
export const mayWrite = (role: Role): boolean => WRITERS.has(role)
/** Who records the protocol (п. 22). */
export const maySign = (role: Role): boolean => CENTRE.has(role)
/** Who withdraws a request to an agency that was asked by mistake, and brings it back. */
export const mayWithdraw = (role: Role): boolean => CENTRE.has(role)
/** Operators see services, not their preparation. */
export const mayWatch = (role: Role): boolean => role !== 'operator'
