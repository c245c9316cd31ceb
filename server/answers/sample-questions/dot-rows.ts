/**
 * A vector with every row of a matrix of its width.
 * @returns a sum for each row
 */
export function dotRows(matrix: Float32Array, vector: Float32Array): Float32Array {
  const width = vector.length
  const rows = width === 0 ? 0 : matrix.length / width
  const sums = new Float32Array(rows)
  const byFours = rows - (rows % 4)
  dotByFours(matrix, vector, { into: sums, begin: 0, rows: byFours })
  for (let row = byFours; row < rows; row += 1) sums[row] = dotRow(matrix, row, vector)
  return sums
}

/** The same of one row. */
export function dotRow(matrix: Float32Array, row: number, vector: Float32Array): number {
  const width = vector.length
  let sum = 0
  for (let at = 0; at < width; at += 1) sum += (vector[at] ?? 0) * (matrix[row * width + at] ?? 0)
  return sum
}

/**
 * The same of the first rows, four at a time: one sum alone waits for each of its additions, and each number read of the vector serves four.
 * @param to.rows a multiple of four
 */
export function dotByFours(
  matrix: Float32Array,
  vector: Float32Array,
  { into, begin, rows }: { into: Float32Array | Float64Array; begin: number; rows: number },
): void {
  const width = vector.length
  for (let row = 0; row < rows; row += 4) {
    const one = row * width
    const two = one + width
    const three = two + width
    const four = three + width
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let at = 0; at < width; at += 1) {
      const value = vector[at] ?? 0
      a += value * (matrix[one + at] ?? 0)
      b += value * (matrix[two + at] ?? 0)
      c += value * (matrix[three + at] ?? 0)
      d += value * (matrix[four + at] ?? 0)
    }
    into[begin + row] = a
    into[begin + row + 1] = b
    into[begin + row + 2] = c
    into[begin + row + 3] = d
  }
}
