import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest of each project, most to least: begun last, one of them would run alone at the end. Others go by their size, or by their last run. */
const LONGEST = [
  'test/assistant.app.test.ts',
  'test/incoming-mail.app.test.ts',
  'test/crash.app.test.ts',
  'server/bin/keys.app.test.ts',
  'test/law.app.test.ts',
  'test/browser/editorial.browser.test.ts',
  'test/browser/law-prints.browser.test.ts',
  'test/browser/assistant.browser.test.ts',
  'test/browser/services.browser.test.ts',
  'server/answers/chat/langchain-model.test.ts',
  'ingest/acts/plain/parse-text-act.test.ts',
  'evals/retrieval/search-floors.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    // Projects stay one after another: a process goes on only with a file of its own project.
    const projects = [...new Set(sorted.map(({ project }) => project.name))]
    return projects.flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name)
      const long = LONGEST.flatMap((path) => own.filter(({ moduleId }) => moduleId.endsWith(`/${path}`)))
      return [...long, ...own.filter((spec) => !long.includes(spec))]
    })
  }
}

export default defineConfig({
  test: {
    // Both cores of a small machine. One number for all projects: vitest refuses projects of one group that differ.
    maxWorkers: 2,
    // Loading the server takes a process seconds: the files of a project share two of them. None may leave anything behind.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,ingest,evals,test,web}/**/*.test.ts'],
          exclude: ['**/*.app.test.ts', '**/*.browser.test.ts'],
          // Beside the evaluations, on a machine that is busy with something else too.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          include: ['{server,test,evals}/**/*.app.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A page has as long as its other waits: a second is short on a busy machine.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
