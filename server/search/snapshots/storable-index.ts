import type { LexicalIndex } from '../lexical-index.ts'
import type { SnapshotPart } from './snapshot-file.ts'

/** An index in memory that can be written down whole, and read again without analysing any text. */
export interface StorableIndex extends LexicalIndex {
  /** All of it in parts, with searches in between; it must not be changed meanwhile. */
  dump(): AsyncGenerator<SnapshotPart>
  /**
   * Takes what `dump` gave, into an index that was just made by the same code over the same language data: then it is what that one was.
   * @throws SnapshotFault when it is not whole; the index is then of no use
   */
  restore(parts: AsyncIterable<SnapshotPart>): Promise<void>
}
