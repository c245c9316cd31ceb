import { existsSync } from 'node:fs'
import { runCommand } from './run-command.ts'
import { composeAnswer } from '#server/answers/answer-question.ts'
import { readConfig } from '#server/config.ts'
import { SYSTEM } from '#server/context.ts'
import { newId } from '#server/ids.ts'
import { createLogger } from '#server/logger.ts'
import { startServer } from '#server/start.ts'

const FIRST_QUESTION = 'в какой срок отвечают на письмо'

/** `npm start`: builds the workspace when its sources are newer, starts the server, prints where it is and who can sign in. */
await runCommand(async () => {
  // From the first moment: told to stop while it starts, it ends cleanly once it has; told twice, at once.
  const stop = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
  const config = readConfig()
  const log = createLogger(config.log.level)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const seconds = () => `${(performance.now() / 1000).toFixed(1)} s`

  // An installation without development packages serves the workspace that was built into it.
  if (existsSync(new URL('../../node_modules/vite', import.meta.url))) {
    const { buildIfStale } = await import('../../web/build.ts')
    await buildIfStale({ log: say })
  }
  const steps = {
    database: 'opening the database',
    content: 'ingesting the starter content',
    indexes: 'building the search indexes',
    listening: 'opening the port',
  }
  const server = await startServer(config, { log, progress: (step) => say(`${seconds().padStart(7)}  ${steps[step]}`) })
  const { database, lexicalIndex, embedder, answerer } = server.deps.adapters()
  say(`${seconds().padStart(7)}  ready: ${database}; search ${lexicalIndex}; vectors ${embedder}; answers ${answerer}`)
  // The first answer also warms what the first caller would otherwise wait for.
  try {
    const ctx = server.deps.contextFor(SYSTEM, newId('req'))
    const { answer } = await composeAnswer(ctx, { question: FIRST_QUESTION })
    const cited = answer.sentences[0]?.citations[0]?.label ?? answer.status
    say(`${seconds().padStart(7)}  first answer, since the command began: «${FIRST_QUESTION}» → ${cited}`)
  } catch (error) {
    log.error({ err: error }, 'the first question failed')
  }
  say(`\nBilim is at ${server.url}   (API reference: ${server.url}/docs)`)
  if (server.demo.length > 0) {
    say('\nDemo sign-ins, for this data directory only:')
    for (const { role, email, password, changed } of server.demo)
      say(`  ${role.padEnd(11)} ${email.padEnd(26)} ${changed ? '(its password was changed here)' : password}`)
  } else say('\nNo demo sign-ins here. Make a user with: npm run users -- create --email … --name … --role …')
  say('\nStop with Ctrl+C.')

  const signal = await stop
  say(`\n${signal}: finishing the requests under way`)
  await server.stop()
  say('stopped')
  return 0
})
