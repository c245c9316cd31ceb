import type { EmbedderModel } from '#server/config.ts'
import { sha256 } from '#server/ids.ts'

/** Names a model together with all that changes its vectors. */
export const modelName = (kind: string, model: string, options: EmbedderModel): string => {
  const slug = model.replaceAll(/[^a-z0-9]+/giu, '-').replaceAll(/^-|-$/gu, '')
  const { dimensions, queryPrefix, passagePrefix } = options
  const key = sha256(JSON.stringify([model, dimensions, queryPrefix, passagePrefix])).slice(0, 8)
  return `${kind}:${slug.slice(0, 40)}.${key}`
}

/**
 * What a server gave for one text, as numbers. Servers that answer base64 though floats were asked for exist; so do those that
 * answer nothing at all, which the client passes on as an empty list.
 * @throws Error when it is no vector of that many finite numbers
 */
export function readVector(given: unknown, dimensions: number, who: string): number[] {
  let vector: unknown = given
  if (typeof given === 'string') {
    const bytes = Buffer.from(given, 'base64')
    vector =
      bytes.length % 4 === 0 ? Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4)) : []
  }
  if (!Array.isArray(vector) || !vector.every((value) => typeof value === 'number' && Number.isFinite(value)))
    throw new Error(`${who} gave no vector of numbers`)
  if (vector.length !== dimensions)
    throw new Error(
      `${who} gave a vector of ${vector.length} dimensions, not ${dimensions}: configure as many as the model gives`,
    )
  if (!vector.some((value) => value !== 0)) throw new Error(`${who} gave a vector of zeros, which is near to nothing`)
  return vector
}
