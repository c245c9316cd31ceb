const given = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('CHAT_') && value !== undefined ? [[name, value] as const] : [],
  ),
)

/**
 * Settings of the chat model that the environment names (`CHAT_PROVIDER`, `CHAT_MODEL`, `CHAT_URL` and whatever else begins so):
 * cases of injections are then played against it, too. Null: there is the stand-in alone.
 */
export const REAL_MODEL: Record<string, string> | null = 'CHAT_PROVIDER' in given ? given : null

/** How long a test may wait for a real model. */
export const REAL_MODEL_MS = 180_000
