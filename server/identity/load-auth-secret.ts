import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#server/config.ts'
import { ConfigError } from '#server/config.ts'

/**
 * The secret that signs cookies: the configured one, or one made once and kept in the data directory for its owner alone.
 * @throws ConfigError when the kept secret is unusable
 */
export async function loadAuthSecret(config: Pick<Config, 'dataDir' | 'auth'>): Promise<string> {
  if (config.auth.secret !== null) return config.auth.secret
  const path = join(config.dataDir, 'auth-secret')
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  try {
    // `wx`: two processes that start together agree on the secret of the first.
    await writeFile(path, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await chmod(path, 0o600)
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret.length < 32)
    throw new ConfigError([
      `${path}: holds no secret of at least 32 characters; delete it to have one made (everybody signs in again)`,
    ])
  return secret
}
