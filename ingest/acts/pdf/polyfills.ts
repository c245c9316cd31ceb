/**
 * The PDF library calls `ArrayBuffer.prototype.transferToFixedLength` (ECMAScript 2024), which Node 20 has not: there the buffer is
 * copied, which is slower and no other to those who read it. Does nothing where the method is.
 */
export function addMissingMethods(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return
  // oxlint-disable-next-line no-extend-native -- the library calls the method of the standard, and only Node 20 lacks it
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length)
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)))
      return copy
    },
  })
}
