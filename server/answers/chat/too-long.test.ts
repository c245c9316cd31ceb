import { expect, it } from 'vitest'
import { readTooLong } from './too-long.ts'

it.each<[string, string, unknown, ReturnType<typeof readTooLong>]>([
  [
    'llama.cpp',
    '400 request (5127 tokens) exceeds the available context size (4096 tokens), try increasing it',
    { type: 'exceed_context_size_error', n_prompt_tokens: 5127, n_ctx: 4096 },
    { promptTokens: 5127, contextTokens: 4096 },
  ],
  [
    'llama.cpp, its words alone',
    'request (5127 tokens) exceeds the available context size (4096 tokens), try increasing it',
    undefined,
    { promptTokens: 5127, contextTokens: 4096 },
  ],
  [
    'OpenAI and those who follow it',
    "This model's maximum context length is 2048 tokens, however you requested 3000 tokens (2100 in the messages, 900 in the completion). Please reduce the length.",
    { code: 'context_length_exceeded' },
    { promptTokens: 2100, contextTokens: 2048 },
  ],
  [
    'vLLM',
    "This model's maximum context length is 2048 tokens. However, you requested 900 output tokens and your prompt contains at least 1149 input tokens, for a total of at least 2049 tokens.",
    { type: 'BadRequestError', code: 400 },
    { promptTokens: 1149, contextTokens: 2048 },
  ],
  [
    'Anthropic',
    '400 prompt is too long: 213462 tokens > 200000 maximum',
    {},
    { promptTokens: 213462, contextTokens: 200000 },
  ],
  ['Ollama', 'the input length exceeds the context length', undefined, { promptTokens: null, contextTokens: null }],
  ['a schema that is not known', '400 response_format is not supported', { type: 'invalid_request_error' }, null],
  ['a model that is not there', '404 model "qwen3" not found, try pulling it first', undefined, null],
  ['a key', '401 no such key', { code: 401 }, null],
])('%s', (_, message, body, expected) => {
  expect(readTooLong(message, body)).toEqual(expected)
})
