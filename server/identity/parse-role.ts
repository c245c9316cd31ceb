import { ROLES, type Role } from '#server/context.ts'

/** @returns the role of this name, or null */
export const parseRole = (name: string | undefined): Role | null => ROLES.find((role) => role === name) ?? null
