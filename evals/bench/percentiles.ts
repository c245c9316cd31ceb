export interface Percentiles {
  p50: number
  p95: number
  p99: number
  n: number
}

/** Percentiles of times in milliseconds (nearest rank). */
export function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (q: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? 0) * 100) / 100
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), n: sorted.length }
}
