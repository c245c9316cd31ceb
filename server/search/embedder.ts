/** Turns texts into vectors. */
export interface Embedder {
  /** Names the model and its version: vectors of different names are never compared. */
  readonly name: string
  readonly dimensions: number
  /** Cosine similarity below which a passage is near to a query by chance only. */
  readonly leastSimilarity: number
  /** How much its list counts against that of words in the fusion: about 1 for a trained model, little for hashed features. */
  readonly fusionWeight: number
  /** The embedder that was chosen and is not configured on this server; this one answers in its place. */
  readonly standsInFor?: string
  embedPassages(texts: readonly string[]): Promise<number[][]>
  embedQuery(text: string): Promise<number[]>
}
