import type { Actor } from '#server/context.ts'

/**
 * Whether somebody may make a service that is only assumed to be an agency's that of the agency which submits it. The number of a service
 * is no secret, and whoever holds the service answers for what operators tell callers of it: so the body that it is assumed for, or the
 * centre's supervisor, who knows whose it is. An administrator may what a supervisor may, and the terminal names the agency by the word
 * of whoever runs the server. Pure.
 * @param input.heldBy the agency that it is assumed for
 * @param input.submittedFor the agency that it would be of
 */
export function mayTakeOver(
  actor: Pick<Actor, 'kind' | 'role'>,
  input: { heldBy: string; submittedFor: string },
): boolean {
  if (input.heldBy === input.submittedFor) return true
  return actor.kind === 'system' || actor.role === 'supervisor' || actor.role === 'admin'
}
