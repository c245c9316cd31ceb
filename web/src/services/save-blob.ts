/** Gives a file to the browser to save. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold of the bytes once it has begun.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
