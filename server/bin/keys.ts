import { ROLES } from '#server/context.ts'
import { createKey } from '#server/identity/create-key.ts'
import { everyPage } from '#server/identity/every-page.ts'
import { listKeys } from '#server/identity/list-keys.ts'
import { parseRole } from '#server/identity/parse-role.ts'
import { presentKey } from '#server/identity/present.ts'
import { revokeKey } from '#server/identity/revoke-key.ts'
import { withDatabase } from './with-database.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'

const USAGE = `npm run keys -- create --role ROLE --name NAME [--agency ID] [--data-dir D]
       npm run keys -- list [--json] [--data-dir D]
       npm run keys -- revoke ID [--data-dir D]
ROLE is one of: ${ROLES.join(', ')}`

/** `npm run keys`: API keys. A new key is alone on the last line of stdout, and is shown this once. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    role: { type: 'string' },
    name: { type: 'string' },
    agency: { type: 'string' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const [verb, id, ...rest] = positionals
  const misused = (why: string) => new UsageError(`${why}\n\nUsage: ${USAGE}`)
  if (rest.length > 0 || (verb !== 'revoke' && id !== undefined))
    throw misused(`Unexpected argument: ${String(rest[0] ?? id)}`)
  const config = commandConfig(values['data-dir'])

  if (verb === 'create') {
    const { name, agency } = values
    const role = parseRole(values.role)
    if (role === null) throw misused(values.role === undefined ? '--role is missing' : `Unknown role: ${values.role}`)
    if (name === undefined) throw misused('--name is missing')
    const made = await withDatabase(config, 'npm run keys', (ctx) =>
      createKey(ctx, { name, role, agencyId: agency ?? null }),
    )
    process.stderr.write(
      `Key ${made.apiKey.id} for role ${role}. It is shown this once; send it as: Authorization: Bearer KEY\n`,
    )
    process.stdout.write(`${made.key}\n`)
    return 0
  }
  if (verb === 'list') {
    const keys = (await withDatabase(config, 'npm run keys', (ctx) => everyPage((page) => listKeys(ctx, page)))).map(
      presentKey,
    )
    if (values.json === true) process.stdout.write(`${JSON.stringify(keys)}\n`)
    else
      for (const key of keys)
        process.stdout.write(
          `${[key.id, `${key.hint}…`, key.role, key.agencyId ?? '-', key.revokedAt === null ? `used ${key.lastUsedAt ?? 'never'}` : `revoked ${key.revokedAt}`, key.name].join('\t')}\n`,
        )
    return 0
  }
  if (verb === 'revoke') {
    if (id === undefined) throw misused('The id of the key is missing')
    const revoked = await withDatabase(config, 'npm run keys', (ctx) => revokeKey(ctx, { id }))
    process.stdout.write(`Revoked ${revoked.id} (${revoked.name})\n`)
    return 0
  }
  throw misused(verb === undefined ? 'What to do is missing' : `Unknown command: ${verb}`)
})
