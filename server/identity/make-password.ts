import { randomInt } from 'node:crypto'

// Without characters that look alike on paper: 0 o, 1 l i.
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** A password that can be read out and typed: four groups of four, 79 bits. */
export const makePassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
  ).join('-')
