declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on an open file without waiting; false when another holds it. Gone when the process ends. */
  export function tryLock(fd: number): boolean
  export function unlock(fd: number): void
}
