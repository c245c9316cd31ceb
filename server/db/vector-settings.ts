/**
 * How pgvector searches, per connection. Filters of validity and language stand behind the approximate index: without an
 * iterative scan it gives `ef_search` neighbours, and what the filter leaves of them may be nothing (pgvector, "Iterative Index
 * Scans", since 0.8). Strict order, because ranks are fused.
 */
export const VECTOR_SETTINGS: readonly string[] = [
  `set hnsw.iterative_scan = 'strict_order'`,
  `set hnsw.ef_search = 100`,
  `set hnsw.max_scan_tuples = 40000`,
]
