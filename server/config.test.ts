import { expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.faults : [String(error)]
  }
}

it('runs in process with the local embedder when told nothing', () => {
  const { lexicalIndex, embedders } = readConfig({})
  expect(lexicalIndex).toEqual({ kind: 'in-process' })
  expect(embedders).toEqual({ first: 'local', openai: null, onnx: null })
})

it('takes a whole configuration of Meilisearch and of a trained model', () => {
  const { lexicalIndex, embedders } = readConfig({
    MEILI_URL: 'http://meili:7700/',
    MEILI_SEARCH_KEY: 's',
    MEILI_ADMIN_KEY: 'a',
    EMBEDDER: 'openai',
    EMBEDDINGS_URL: 'http://models/v1',
    EMBEDDINGS_MODEL: 'e5',
    EMBEDDINGS_DIMENSIONS: '768',
    EMBEDDINGS_QUERY_PREFIX: 'query: ',
  })
  expect(lexicalIndex).toEqual({
    kind: 'meilisearch',
    url: 'http://meili:7700',
    searchKey: 's',
    adminKey: 'a',
    indexUid: 'bilim_passages',
  })
  expect(embedders.openai).toMatchObject({ dimensions: 768, key: null, queryPrefix: 'query: ', fusionWeight: 1 })
})

it('refuses half a configuration, with all faults at once', () => {
  expect(
    faultsOf({
      MEILI_URL: 'http://meili:7700',
      EMBEDDINGS_MODEL: 'e5',
      EMBEDDINGS_KEY: 'k',
      EMBEDDER: 'onnx',
      MEILI_INDEX: 'a b',
    }),
  ).toEqual([
    expect.stringContaining('MEILI_INDEX: letters'),
    expect.stringContaining('MEILI_SEARCH_KEY, MEILI_ADMIN_KEY: missing'),
    expect.stringContaining('EMBEDDINGS_URL, EMBEDDINGS_DIMENSIONS: missing'),
    expect.stringContaining('ONNX_MODEL_DIR: missing; EMBEDDER=onnx'),
    expect.stringContaining('EMBEDDINGS_KEY: set without EMBEDDINGS_URL'),
  ])
})

it.each([
  ['EMBEDDINGS_WEIGHT', '0.5', 'EMBEDDINGS_URL'],
  ['EMBEDDINGS_LEAST_SIMILARITY', '0.1', 'EMBEDDINGS_URL'],
  ['ONNX_POOLING', 'cls', 'ONNX_MODEL_DIR'],
  ['ONNX_DTYPE', 'q8', 'ONNX_MODEL_DIR'],
  ['ONNX_WEIGHT', '0.5', 'ONNX_MODEL_DIR'],
  ['ONNX_LEAST_SIMILARITY', '0.1', 'ONNX_MODEL_DIR'],
  ['DATABASE_POOL', '5', 'DATABASE_URL'],
  ['OIDC_ROLE_CLAIM', 'role', 'OIDC_ISSUER'],
])('refuses %s=%s without %s', (name, value, of) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: set without ${of}`)
})
