import { readdir } from 'node:fs/promises'

/** The code of a system error («ENOENT»), or what stands for it in a message. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'неизвестная ошибка'

/** The text of bytes in UTF-8; null when they are not. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * Names in a directory that need not be there, sorted; none when it is not there.
 * @throws the system error when it is there and cannot be read
 */
export async function namesIn(directory: string, options: { recursive?: boolean } = {}): Promise<string[]> {
  try {
    return (await readdir(directory, { recursive: options.recursive ?? false })).sort()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
