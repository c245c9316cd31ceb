import type { Session } from '../api/types.ts'

/** Who sees inquiries, and who works on them. */
export const seesDesk = (role: Session['role']): boolean =>
  role === 'operator' || role === 'supervisor' || role === 'authority' || role === 'admin'
export const worksAtDesk = (role: Session['role']): boolean => seesDesk(role) && role !== 'authority'
