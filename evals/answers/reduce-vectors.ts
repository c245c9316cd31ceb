/** The first principal directions, by subspace iteration on the covariance; deterministic. */
export function principalDirections(vectors: readonly Float64Array[], wanted: number): Float64Array[] {
  const size = vectors[0]?.length ?? 0
  const covariance = Array.from({ length: size }, () => new Float64Array(size))
  for (const vector of vectors)
    for (let row = 0; row < size; row += 1) {
      const line = covariance[row]
      const value = vector[row] ?? 0
      if (line !== undefined)
        for (let at = 0; at < size; at += 1) line[at] = (line[at] ?? 0) + value * (vector[at] ?? 0)
    }
  let basis: Float64Array[] = Array.from({ length: wanted }, (_, index) =>
    Float64Array.from({ length: size }, (__, at) => Math.sin((index + 1) * (at + 1) * 0.7311)),
  )
  for (let step = 0; step < 120; step += 1)
    basis = orthonormal(basis.map((direction) => Float64Array.from(covariance, (line) => dot(line, direction))))
  return basis
}

function orthonormal(basis: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = []
  for (const direction of basis) {
    const rest = Float64Array.from(direction)
    for (const other of done) {
      const share = dot(rest, other)
      for (const [at, value] of other.entries()) rest[at] = (rest[at] ?? 0) - share * value
    }
    done.push(unit(rest))
  }
  return done
}

export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0)
  return sum
}

export function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector)) || 1
  return vector.map((value) => value / length)
}
