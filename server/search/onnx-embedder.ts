import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { EmbedderModel } from '#server/config.ts'
import { DomainError } from '#server/errors.ts'
import type { Embedder } from './embedder.ts'
import { modelName, readVector } from './trained-model.ts'

export interface OnnxEmbedderOptions extends EmbedderModel {
  /** A model as transformers.js keeps it: `config.json`, `tokenizer.json`, `onnx/model.onnx`. */
  directory: string
  pooling: 'mean' | 'cls'
  dtype: 'fp32' | 'fp16' | 'q8'
}

/** What is used of `@huggingface/transformers`: it is not installed here, so its own types are not at hand. */
export interface Transformers {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string }
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { dtype: string; local_files_only: boolean },
  ): Promise<(texts: string[], options: { pooling: string; normalize: boolean }) => Promise<{ tolist(): unknown[] }>>
}

const PACKAGE = '@huggingface/transformers'
const FILES = { fp32: 'model.onnx', fp16: 'model_fp16.onnx', q8: 'model_quantized.onnx' }
/** Texts run at once: memory grows with the longest of them. */
const BATCH = 16

const absent = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    () => true,
  )

// The name is a variable, so that nothing resolves it before it is asked for.
const importTransformers = async (name = PACKAGE): Promise<Transformers> => {
  try {
    return (await import(name)) as Transformers
  } catch (error) {
    throw new DomainError(
      'unavailable',
      `EMBEDDER onnx needs the package ${PACKAGE}, which is not installed with Bilim (it weighs about 474 MB and its install step downloads). Install it beside Bilim: npm install --no-save ${PACKAGE}@4.3.1 and run the install step of onnxruntime-node where that is allowed; or choose another embedder.`,
      { cause: error },
    )
  }
}

/**
 * A trained model out of a directory on this machine. Nothing is downloaded: remote models are switched off, and missing files
 * are named. Loaded at the first text.
 * @param load gives the library
 */
export const createOnnxEmbedder = (
  options: OnnxEmbedderOptions,
  load: () => Promise<Transformers> = importTransformers,
): Embedder => {
  const { directory, dtype, dimensions, pooling, queryPrefix, passagePrefix } = options
  const model = basename(directory)
  const start = async () => {
    const needed = ['config.json', 'tokenizer.json', join('onnx', FILES[dtype])]
    const missing: string[] = []
    for (const name of needed) if (await absent(join(directory, name))) missing.push(name)
    if (missing.length > 0)
      throw new DomainError(
        'unavailable',
        `ONNX_MODEL_DIR ${directory} lacks ${missing.join(', ')}: put the model's files there; Bilim downloads none`,
      )
    const { env, pipeline } = await load()
    env.allowRemoteModels = false
    env.allowLocalModels = true
    env.localModelPath = dirname(directory)
    return pipeline('feature-extraction', model, { dtype, local_files_only: true })
  }
  let started: ReturnType<typeof start> | null = null
  const embed = async (texts: readonly string[]): Promise<number[][]> => {
    // A failed start is tried again: the package or the files may have come since.
    started ??= start().catch((error: unknown) => {
      started = null
      throw error
    })
    const extract = await started
    const vectors: number[][] = []
    for (let at = 0; at < texts.length; at += BATCH) {
      const batch = texts.slice(at, at + BATCH)
      const given = (await extract(batch, { pooling, normalize: true })).tolist()
      for (const index of batch.keys()) vectors.push(readVector(given[index], dimensions, `model ${model}`))
    }
    return vectors
  }
  return {
    name: modelName('onnx', `${model}-${dtype}-${pooling}`, options),
    dimensions,
    leastSimilarity: options.leastSimilarity,
    fusionWeight: options.fusionWeight,
    embedPassages: (texts) => embed(texts.map((text) => passagePrefix + text)),
    async embedQuery(text) {
      const [vector] = await embed([queryPrefix + text])
      return vector ?? []
    },
  }
}
