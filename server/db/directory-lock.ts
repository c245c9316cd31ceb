import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { tryLock, unlock } from 'fs-native-extensions'
import { DomainError } from '#server/errors.ts'

export interface DirectoryLock {
  release: () => void
}

/**
 * Takes a data directory for this process alone. The embedded database has no lock of its own and two writers
 * corrupt it. The kernel holds the lock, so a killed process leaves nothing to clean up.
 * @param purpose shown to the second process, e.g. `npm start`
 * @throws DomainError `directory-locked` naming the holder
 */
export function lockDirectory(directory: string, purpose: string): DirectoryLock {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'lock')
  const fd = openSync(path, 'a+', 0o600)
  if (!tryLock(fd)) {
    const holder = readFileSync(path, 'utf8').trim()
    closeSync(fd)
    throw new DomainError(
      'directory-locked',
      `The data directory ${directory} is in use by ${holder === '' ? 'another process' : holder}. ` +
        'The embedded database takes one process at a time: stop that one first, or give this one another directory (DATA_DIR or --data-dir).',
      { details: { directory, holder } },
    )
  }
  ftruncateSync(fd)
  writeSync(fd, `process ${process.pid} (${purpose}), since ${new Date().toISOString()}\n`)
  return {
    release: () => {
      ftruncateSync(fd)
      unlock(fd)
      closeSync(fd)
    },
  }
}
