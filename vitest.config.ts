import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes long, most to least: begun last, one of them would run alone at the end. Others go by their size, or by their last run. */
const LONGEST = ['test/crash.app.test.ts', 'test/assistant.app.test.ts', 'test/editions.app.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = (spec: TestSpecification, name: string): boolean => spec.moduleId.endsWith(`/${name}`)
    const long = LONGEST.flatMap((name) => sorted.filter((spec) => isLong(spec, name)))
    return [...long, ...sorted.filter((spec) => !long.includes(spec))]
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
