import { testApp } from '#test/harness.ts'
