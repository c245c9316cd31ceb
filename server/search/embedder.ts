/** Turns texts into vectors. */
export interface Embedder {
  /** Names the model and its version: vectors of different names are never compared. */
  readonly name: string
  readonly dimensions: number
  embedPassages(texts: readonly string[]): Promise<number[][]>
  embedQuery(text: string): Promise<number[]>
}
