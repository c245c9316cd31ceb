import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOnnxEmbedder, type Transformers } from './onnx-embedder.ts'

describe('ONNX embedder', () => {
  let directory: string
  const options = () => ({
    directory,
    pooling: 'mean' as const,
    dtype: 'fp32' as const,
    dimensions: 2,
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
    leastSimilarity: 0.7,
    fusionWeight: 1,
  })
  beforeAll(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'bilim-onnx-')), 'e5-small')
    await mkdir(join(directory, 'onnx'), { recursive: true })
    for (const name of ['config.json', 'tokenizer.json', join('onnx', 'model.onnx')])
      await writeFile(join(directory, name), '{}')
  })
  afterAll(() => rm(join(directory, '..'), { recursive: true }))

  it('names the files that are not there', async () => {
    await expect(createOnnxEmbedder({ ...options(), dtype: 'q8' }).embedQuery('а')).rejects.toThrow(
      'lacks onnx/model_quantized.onnx',
    )
    await expect(createOnnxEmbedder({ ...options(), directory: '/nowhere' }).embedQuery('а')).rejects.toThrow(
      'lacks config.json, tokenizer.json, onnx/model.onnx',
    )
  })

  it('says what to install when the library is not there', async () => {
    await expect(createOnnxEmbedder(options()).embedQuery('а')).rejects.toThrow(
      'npm install --no-save @huggingface/transformers',
    )
  })

  // A stand-in for the library alone, which is not installed here: how it is called, not what a model makes of a text.
  it('loads once, from this machine only, and calls the model with its prefixes', async () => {
    const calls: unknown[] = []
    const env = { allowRemoteModels: true, allowLocalModels: false, localModelPath: '' }
    const library: Transformers = {
      env,
      pipeline: async (...given) => {
        calls.push(given)
        return async (texts, how) => {
          calls.push([texts.length, texts[0], how])
          return { tolist: () => texts.map((text) => [text.length, 1]) }
        }
      },
    }
    let loads = 0
    const embedder = createOnnxEmbedder(options(), async () => {
      loads += 1
      return library
    })
    expect(loads).toBe(0)
    const texts = Array.from({ length: 20 }, (_, at) => 'x'.repeat(at))
    const [query, passages] = await Promise.all([embedder.embedQuery('срок'), embedder.embedPassages(texts)])
    expect(query).toEqual(['query: срок'.length, 1])
    expect(passages).toEqual(texts.map((text) => ['passage: '.length + text.length, 1]))
    expect(loads).toBe(1)
    expect(env).toEqual({ allowRemoteModels: false, allowLocalModels: true, localModelPath: join(directory, '..') })
    expect(calls[0]).toEqual(['feature-extraction', 'e5-small', { dtype: 'fp32', local_files_only: true }])
    expect(calls.slice(1)).toContainEqual([4, 'passage: ' + 'x'.repeat(16), { pooling: 'mean', normalize: true }])
  })
})
