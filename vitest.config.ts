import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Both cores of a small machine. One number for all projects: vitest refuses projects of one group that differ.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,ingest,evals,test,web}/**/*.test.ts'],
          exclude: ['**/*.app.test.ts', '**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          isolate: false,
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
        },
      },
    ],
  },
})
