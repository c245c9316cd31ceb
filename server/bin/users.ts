import { text } from 'node:stream/consumers'
import { PERSON_ROLES } from '#server/context.ts'
import { changeUser } from '#server/identity/change-user.ts'
import { createUser } from '#server/identity/create-user.ts'
import { everyPage } from '#server/identity/every-page.ts'
import { listUsers } from '#server/identity/list-users.ts'
import { presentUser } from '#server/identity/present.ts'
import { resetPassword } from '#server/identity/reset-password.ts'
import { withDatabase } from './with-database.ts'
import { commandConfig, commandLine } from './command-line.ts'
import { runCommand, UsageError } from './run-command.ts'

const USAGE = `npm run users -- create --email EMAIL --name NAME --role ROLE [--agency ID] [--password-stdin] [--data-dir D]
       npm run users -- list [--json] [--data-dir D]
       npm run users -- disable ID [--data-dir D]
       npm run users -- password ID [--data-dir D]
ROLE is one of: ${PERSON_ROLES.join(', ')}`

/** `npm run users`: people who sign in. A password made here is alone on the last line of stdout, and is shown this once. */
await runCommand(async () => {
  const { values, positionals } = commandLine(USAGE, {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    agency: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    json: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const [verb, id, ...rest] = positionals
  const misused = (why: string) => new UsageError(`${why}\n\nUsage: ${USAGE}`)
  if (rest.length > 0 || (verb !== 'disable' && verb !== 'password' && id !== undefined))
    throw misused(`Unexpected argument: ${String(rest[0] ?? id)}`)
  const config = commandConfig(values['data-dir'])

  if (verb === 'create') {
    const { email, name, agency } = values
    const role = PERSON_ROLES.find((one) => one === values.role) ?? null
    if (role === null) throw misused(values.role === undefined ? '--role is missing' : `Unknown role: ${values.role}`)
    if (email === undefined || name === undefined)
      throw misused(`${email === undefined ? '--email' : '--name'} is missing`)
    // Never an argument: other people on the machine can read those.
    const given =
      values['password-stdin'] === true ? { password: (await text(process.stdin)).replace(/\r?\n$/, '') } : {}
    const made = await withDatabase(config, 'npm run users', (ctx) =>
      createUser(ctx, { email, name, role, agencyId: agency ?? null, ...given }),
    )
    process.stderr.write(
      `User ${made.user.id} with role ${role}.${made.password === null ? '' : ' The password is shown this once.'}\n`,
    )
    if (made.password !== null) process.stdout.write(`${made.password}\n`)
    return 0
  }
  if (verb === 'list') {
    const users = (
      await withDatabase(config, 'npm run users', (ctx) =>
        everyPage((page) => listUsers(ctx, { ...page, route: 'npm run users' })),
      )
    ).map(presentUser)
    if (values.json === true) process.stdout.write(`${JSON.stringify(users)}\n`)
    else
      for (const user of users)
        process.stdout.write(
          `${[user.id, user.email, user.role, user.agencyId ?? '-', user.disabledAt === null ? 'active' : `disabled ${user.disabledAt}`, user.name].join('\t')}\n`,
        )
    return 0
  }
  if (verb === 'disable') {
    if (id === undefined) throw misused('The id of the user is missing')
    const user = await withDatabase(config, 'npm run users', (ctx) => changeUser(ctx, { id, disabled: true }))
    process.stdout.write(`Disabled ${user.id}, signed out everywhere\n`)
    return 0
  }
  if (verb === 'password') {
    if (id === undefined) throw misused('The id of the user is missing')
    const { password } = await withDatabase(config, 'npm run users', (ctx) => resetPassword(ctx, { id }))
    process.stderr.write(`${id} is signed out everywhere. The new password is shown this once.\n`)
    process.stdout.write(`${password}\n`)
    return 0
  }
  throw misused(verb === undefined ? 'What to do is missing' : `Unknown command: ${verb}`)
})
