import type { Logger } from 'pino'
import type { Database } from '#server/db/database.ts'
import { learnLexicon } from './learn-lexicon.ts'
import { provisionPairsKey, readProvisionPairs } from './read-provision-pairs.ts'
import type { LearningTranslator } from './translator.ts'

export interface LexiconFollower {
  /** Learns anew, soon and beside everything else, if the acts held have changed since the last time. */
  follow(): void
  /** Waits for the learning under way. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Keeps what a translator knows following the acts in the database. The lexicon is derived, so nothing of it is stored: learning
 * takes about a second for five acts, in slices between other work; until it is done the translator goes on with what it has.
 */
export function createLexiconFollower(db: Database, translator: LearningTranslator, log: Logger): LexiconFollower {
  let learnt = ''
  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  const learn = async (): Promise<void> => {
    do {
      again = false
      try {
        const key = await provisionPairsKey(db)
        if (key === learnt) continue
        const started = performance.now()
        const pairs = await readProvisionPairs(db)
        const lexicon = await learnLexicon(pairs, () => stopped)
        if (stopped) return
        translator.learn(lexicon)
        learnt = key
        if (pairs.length > 0)
          log.info(
            { provisions: pairs.length, words: lexicon.kk.size, tookMs: Math.round(performance.now() - started) },
            'the lexicon of both languages was learned',
          )
      } catch (error) {
        log.error({ err: error }, 'learning the lexicon of both languages failed; the next change tries again')
      }
    } while (again && !stopped)
  }
  return {
    follow() {
      if (stopped) return
      if (running !== null) again = true
      else
        running = learn().finally(() => {
          running = null
        })
    },
    settle: async () => {
      await running
    },
    stop: async () => {
      stopped = true
      await running
    },
  }
}
