/** Colours as `[red, green, blue]`, 0 to 255. */
export type Rgb = readonly [number, number, number]

export const WHITE: Rgb = [255, 255, 255]
export const BLACK: Rgb = [0, 0, 0]

/** Names that letters use; another one is not known, and hides nothing. */
const NAMED: Readonly<Record<string, Rgb>> = {
  white: WHITE,
  black: BLACK,
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  ghostwhite: [248, 248, 255],
  floralwhite: [255, 250, 240],
  azure: [240, 255, 255],
  mintcream: [245, 255, 250],
  gainsboro: [220, 220, 220],
  lightgray: [211, 211, 211],
  lightgrey: [211, 211, 211],
  silver: [192, 192, 192],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  red: [255, 0, 0],
  blue: [0, 0, 255],
  green: [0, 128, 0],
  navy: [0, 0, 128],
  yellow: [255, 255, 0],
}

const channel = (text: string): number =>
  Math.max(0, Math.min(255, Math.round(text.endsWith('%') ? Number.parseFloat(text) * 2.55 : Number.parseFloat(text))))

/** A colour of CSS or of HTML's attributes. @returns `'none'` for one that is not there at all, null for one that is not understood. Pure. */
export function readColour(text: string): Rgb | 'none' | null {
  const value = text.trim().toLowerCase()
  if (value === 'transparent') return 'none'
  const named = NAMED[value]
  if (named !== undefined) return named
  const hex = /^#([\da-f]{3,8})$/u.exec(value)?.[1] ?? (/^[\da-f]{6}$/u.test(value) ? value : undefined)
  if (hex !== undefined) {
    const wide = hex.length < 6 ? [...hex].map((char) => char + char).join('') : hex
    if (wide.length === 8 && Number.parseInt(wide.slice(6), 16) < 26) return 'none'
    const at = (from: number): number => Number.parseInt(wide.slice(from, from + 2), 16)
    return wide.length >= 6 ? [at(0), at(2), at(4)] : null
  }
  const parts = /^rgba?\(([^)]{1,60})\)$/u
    .exec(value)?.[1]
    ?.split(/[\s,/]+/u)
    .filter((part) => part !== '')
  if (parts === undefined || parts.length < 3) return null
  const [red = '', green = '', blue = '', alpha] = parts
  if (alpha !== undefined && Number.parseFloat(alpha) < (alpha.endsWith('%') ? 10 : 0.1)) return 'none'
  const read: Rgb = [channel(red), channel(green), channel(blue)]
  return read.every((one) => Number.isFinite(one)) ? read : null
}

/** Relative luminance (WCAG 2.2). */
const luminance = (rgb: Rgb): number => {
  const [red = 0, green = 0, blue = 0] = rgb.map((one) => {
    const part = one / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Below this ratio of contrast (WCAG 2.2: 1 to 21) nobody reads a text. */
const UNREADABLE = 1.3

export const isUnreadable = (text: Rgb, ground: Rgb): boolean => {
  const [dark = 0, light = 0] = [luminance(text), luminance(ground)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05) < UNREADABLE
}

export type Style = ReadonlyMap<string, string>

/** Declarations of a `style` attribute or a rule; `!important` is left out. Pure. */
export function readStyle(text: string): Style {
  const found = new Map<string, string>()
  for (const declaration of text
    .slice(0, 4000)
    .replaceAll(/\/\*.*?\*\//gsu, '')
    .split(';')) {
    const at = declaration.indexOf(':')
    if (at < 1) continue
    const value = declaration
      .slice(at + 1)
      .replace(/!\s*important\s*$/iu, '')
      .trim()
      .toLowerCase()
    if (value !== '') found.set(declaration.slice(0, at).trim().toLowerCase(), value)
  }
  return found
}

/** A length in pixels, about; null where it cannot be said without the page. */
function pixels(value: string): number | null {
  const read = /^(-?[\d.]+)\s*(px|pt|em|rem|%|ex|vw|vh|cm|mm|in)?(?:\s|$)/u.exec(value)
  const size = Number.parseFloat(read?.[1] ?? '')
  if (!Number.isFinite(size)) return null
  if (size === 0) return 0
  const unit = read?.[2]
  if (unit === undefined || unit === 'px') return size
  if (unit === 'pt') return size * 1.33
  if (unit === 'em' || unit === 'rem' || unit === 'ex') return size * 16
  if (unit === '%') return size * 0.16
  return null
}

/** A text smaller than this many pixels is not read. */
const SMALLEST = 3
/** Text moved further than this out of its place has left the page. */
const FAR = 500

/** Whether declarations hide what they stand at, whatever colour it has. Pure. */
export function isHiddenStyle(style: Style): boolean {
  const has = (name: string, pattern: RegExp): boolean => pattern.test(style.get(name) ?? '')
  const size = (name: string): number | null => pixels(style.get(name) ?? '')
  const isZero = (name: string): boolean => {
    const found = size(name)
    return found !== null && found < SMALLEST
  }
  const isFar = (name: string): boolean => {
    const found = size(name)
    return found !== null && Math.abs(found) > FAR
  }
  const opacity = Number.parseFloat(style.get('opacity') ?? '1')
  const font = /(?:^|\s)(-?[\d.]+(?:px|pt|em|rem|%)?)(?:\/|\s)/u.exec(` ${style.get('font') ?? ''} `)?.[1]
  const isCut = has('overflow', /hidden|clip/u)
  const isPlaced = has('position', /absolute|fixed|relative/u)
  return (
    has('display', /^none/u) ||
    has('visibility', /^(?:hidden|collapse)/u) ||
    has('mso-hide', /^all/u) ||
    opacity < 0.1 ||
    isZero('font-size') ||
    (font !== undefined && /[a-z%]/u.test(font) && (pixels(font) ?? SMALLEST) < SMALLEST) ||
    (isCut && ['height', 'max-height', 'width', 'max-width'].some(isZero)) ||
    ['text-indent', 'margin-left', 'margin-top'].some((name) => isFar(name) && (size(name) ?? 0) < 0) ||
    (isPlaced && ['left', 'top', 'right', 'bottom'].some(isFar)) ||
    has('clip', /rect\(\s*0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?[\s,]+0/u) ||
    has('clip-path', /inset\(\s*(?:50|100)%|circle\(\s*0/u) ||
    has('transform', /scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]/u)
  )
}
