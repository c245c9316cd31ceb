import { describe, expect, it } from 'vitest'
import { createLocalEmbedder } from './local-embedder.ts'
import { readLanguageData } from './read-language-data.ts'

const language = await readLanguageData('content')
const embedder = createLocalEmbedder(language)
const cosine = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
const near = async (left: string, right: string): Promise<number> =>
  cosine(await embedder.embedQuery(left), await embedder.embedQuery(right))

describe('local embedder', () => {
  it('gives unit vectors of its dimensions, also for a text without words', async () => {
    for (const text of ['ответ на письмо', 'и в на', '', '!!!']) {
      const vector = await embedder.embedQuery(text)
      expect(vector).toHaveLength(embedder.dimensions)
      expect(cosine(vector, vector)).toBeCloseTo(1, 9)
    }
  })

  it('gives equal vectors for equal texts, from any instance, as query or passage', async () => {
    const again = createLocalEmbedder(language)
    expect(again.name).toBe(embedder.name)
    expect((await again.embedPassages(['срок ответа']))[0]).toEqual(await embedder.embedQuery('срок ответа'))
  })

  it.each([
    ['ответ на письмо', 'отвечают на письма', 'замена оборудования'],
    ['имейл', 'электронная почта', 'запись разговора'],
    ['через 2 дня', 'в течение двух дней', 'в течение месяца'],
    ['регистрация обращения', 'регистрацыя обращения', 'оценка оператора'],
  ])('holds «%s» nearer to «%s» than to «%s»', async (text, similar, other) => {
    expect(await near(text, similar)).toBeGreaterThan((await near(text, other)) + 0.1)
  })
})
