import { readFile, stat } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import type { Actor, Context } from '#server/context.ts'
import { user } from '#server/db/schema/identity.ts'
import { DomainError } from '#server/errors.ts'
import { importFile, type ImportFileResult } from '#server/editorial/import-file.ts'
import { inTransaction } from '#server/events/event.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'
import { withDatabase } from './with-database.ts'

const USAGE = 'npm run import -- --as EMAIL [--json] [--data-dir D] FILE…'
const LARGEST_FILE = 1024 * 1024

const SAY = {
  created: 'draft',
  merged: 'draft, merged with a newer version',
  conflict: 'draft, contradicts a newer text: merge it in the workspace',
  unchanged: 'unchanged',
  refused: 'refused',
} as const

/** Whoever imports is the author of the drafts, and so cannot approve them. */
async function actorOf(ctx: Context, email: string): Promise<Actor> {
  const [found] = await ctx.db.select().from(user).where(eq(user.email, email.toLowerCase()))
  if (found === undefined || found.disabledAt !== null || (found.role !== 'editor' && found.role !== 'admin'))
    throw new DomainError('forbidden', `${email} is no editor or administrator of this system.`)
  return { kind: 'user', id: found.id, name: found.name, role: found.role, agencyId: found.agencyId }
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > LARGEST_FILE) throw new DomainError('payload-too-large', `${path} is larger than ${LARGEST_FILE} bytes.`)
  return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
}

/**
 * `npm run import`: takes edited files back as drafts of that editor, each file whole or not at all. Messages are
 * `file:line:column severity rule text`. Exit code 1 when a file was refused.
 */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    as: { type: 'string' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const { as } = values
  if (positionals.length === 0 || as === undefined) throw new UsageError(`Usage: ${USAGE}`)
  return withDatabase(commandConfig(values['data-dir']), 'npm run import', async (base) => {
    const ctx = { ...base, actor: await actorOf(base, as) }
    let refused = 0
    for (const path of positionals) {
      const result = await takeFile(ctx, path)
      if (result.status === 'refused') refused += 1
      if (values.json === true) {
        process.stdout.write(`${JSON.stringify({ file: path, ...result })}\n`)
        continue
      }
      for (const fault of result.faults)
        process.stdout.write(`${path}:${fault.line}:${fault.column} ${fault.severity} ${fault.rule} ${fault.message}\n`)
      const draft = result.status === 'refused' || result.draftId === null ? '' : ` ${result.draftId}`
      process.stdout.write(`${path}: ${SAY[result.status]}${draft}\n`)
    }
    return refused > 0 ? 1 : 0
  })
})

async function takeFile(ctx: Context, path: string): Promise<ImportFileResult> {
  const refuse = (message: string): ImportFileResult => ({
    status: 'refused',
    faults: [{ line: 1, column: 1, rule: 'file', severity: 'error', message }],
  })
  let text: string
  try {
    text = await readText(path)
  } catch (error) {
    if (error instanceof TypeError) return refuse('Файл записан не в UTF-8: сохраните его в этой кодировке')
    return refuse(`Файл не прочитан: ${error instanceof Error ? error.message : String(error)}`)
  }
  try {
    return await inTransaction(ctx, (tx) => importFile(tx, { text }))
  } catch (error) {
    if (error instanceof DomainError) return refuse(error.said?.ru ?? error.message)
    throw error
  }
}
