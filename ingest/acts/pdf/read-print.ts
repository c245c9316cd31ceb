import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import { addMissingMethods } from './polyfills.ts'
import { PRINT_LIMITS, type PrintPage, type PrintRule } from './print.ts'

/** Why a print cannot be read; the text says how to mend it. */
export class PrintRefusal extends Error {
  readonly rule: string
  readonly page: number

  constructor(rule: string, text: string, page = 1) {
    super(text)
    this.name = 'PrintRefusal'
    this.rule = rule
    this.page = page
  }
}

type Matrix = readonly [number, number, number, number, number, number]
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The second matrix within the first. */
const within = (outer: Matrix, inner: Matrix): Matrix => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
]

const pointOf = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
]

const numbersOf = (value: unknown): number[] =>
  Array.isArray(value) || ArrayBuffer.isView(value)
    ? [...(value as ArrayLike<unknown> & Iterable<unknown>)].filter((one) => typeof one === 'number')
    : []

function matrixOf(value: unknown): Matrix {
  const [a, b, c, d, e, f] = numbersOf(value)
  return a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined
    ? IDENTITY
    : [a, b, c, d, e, f]
}

/** Thicker than this it is a box, not a rule. */
const THICKEST = 2.2
const SHORTEST = 3

function ruleOf([x0, y0]: [number, number], [x1, y1]: [number, number]): PrintRule | null {
  const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)]
  const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)]
  if (bottom - top <= THICKEST && right - left >= SHORTEST)
    return { kind: 'horizontal', at: (top + bottom) / 2, from: left, to: right }
  if (right - left <= THICKEST && bottom - top >= SHORTEST)
    return { kind: 'vertical', at: (left + right) / 2, from: top, to: bottom }
  return null
}

/** How many numbers follow each drawing step of the library's paths: move, line, curve, quadratic curve, close. */
const STEP_SIZES = [2, 2, 6, 4, 0]

/** The straight segments of a stroked path. */
function segmentsOf(path: readonly number[], m: Matrix): PrintRule[] {
  const rules: PrintRule[] = []
  let start: [number, number] = [0, 0]
  let at: [number, number] = [0, 0]
  const draw = (to: [number, number]): void => {
    const rule = ruleOf(at, to)
    if (rule !== null) rules.push(rule)
    at = to
  }
  for (let index = 0; index < path.length;) {
    const step = path[index] ?? 0
    const size = STEP_SIZES[step]
    if (size === undefined) return rules
    const to = pointOf(m, path[index + size - 1] ?? 0, path[index + size] ?? 0)
    if (step === 0) {
      start = to
      at = to
    } else if (step === 1) draw(to)
    else if (step === 4) draw(start)
    else at = to
    index += size + 1
  }
  return rules
}

interface Drawn {
  rules: PrintRule[]
  images: number
}

/** Reads what a page draws beside its text: rules, as thin boxes or strokes, and pictures. */
function readDrawing(
  operators: { fnArray: readonly number[]; argsArray: readonly unknown[] },
  ops: Readonly<Record<string, number>>,
  base: Matrix,
): Drawn {
  const drawn: Drawn = { rules: [], images: 0 }
  const strokes = new Set(
    ['stroke', 'closeStroke', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'].map(
      (op) => ops[op],
    ),
  )
  const fills = new Set(['fill', 'eoFill'].map((op) => ops[op]))
  const images = new Set(
    ['paintImageXObject', 'paintInlineImageXObject', 'paintImageMaskXObject', 'paintImageXObjectRepeat'].map(
      (op) => ops[op],
    ),
  )
  let m = base
  const stack: Matrix[] = []
  for (const [index, op] of operators.fnArray.entries()) {
    const args: unknown[] = Array.isArray(operators.argsArray[index]) ? (operators.argsArray[index] as unknown[]) : []
    if (op === ops['save']) stack.push(m)
    else if (op === ops['restore']) m = stack.pop() ?? base
    else if (op === ops['transform']) m = within(m, matrixOf(args))
    else if (op === ops['paintFormXObjectBegin']) {
      stack.push(m)
      if (args[0] != null) m = within(m, matrixOf(args[0]))
    } else if (op === ops['paintFormXObjectEnd']) m = stack.pop() ?? base
    else if (images.has(op)) {
      const [[x0, y0], [x1, y1]] = [pointOf(m, 0, 0), pointOf(m, 1, 1)]
      if (Math.abs(x1 - x0) > 40 && Math.abs(y1 - y0) > 20) drawn.images += 1
    } else if (op === ops['constructPath']) {
      const painted = args[0]
      if (typeof painted !== 'number') continue
      const [path] = Array.isArray(args[1]) ? args[1] : []
      if (strokes.has(painted)) drawn.rules.push(...segmentsOf(numbersOf(path), m))
      else if (fills.has(painted)) {
        const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbersOf(args[2])
        const rule = ruleOf(pointOf(m, x0, y0), pointOf(m, x1, y1))
        if (rule !== null) drawn.rules.push(rule)
      }
      if (drawn.rules.length > PRINT_LIMITS.rules)
        throw new PrintRefusal('too-large', 'на странице слишком много линий: это чертеж, а не текст акта.')
    }
  }
  return drawn
}

interface FontName {
  name?: unknown
}

function lookOf(name: string): { bold: boolean; italic: boolean } {
  return { bold: /bold|black|heavy|demi/i.test(name), italic: /italic|oblique/i.test(name) }
}

const named = (error: unknown): string => (error instanceof Error ? error.name : '')

/**
 * Reads a PDF (ISO 32000) by PDF.js: the texts of its pages with their places and looks, and the rules drawn on them.
 *
 * @param isLate asked before each page; true ends the reading with a refusal.
 * @throws PrintRefusal: no PDF, encrypted, too large, too late.
 */
export async function readPrint(bytes: Uint8Array, isLate: () => boolean = () => false): Promise<PrintPage[]> {
  if (bytes.length > PRINT_LIMITS.fileBytes)
    throw new PrintRefusal(
      'too-large',
      `файл больше ${String(PRINT_LIMITS.fileBytes / 1024 / 1024)} МБ; разделите его или проверьте, тот ли это файл.`,
    )
  addMissingMethods()
  const { OPS } = await getResolvedPDFJS()
  const ops: Readonly<Record<string, number>> = { ...OPS }
  // The library takes the buffer for itself.
  const opened = getDocumentProxy(new Uint8Array(bytes), {
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
  })
  const document = await opened.catch((error: unknown) => {
    throw named(error) === 'PasswordException'
      ? new PrintRefusal('pdf-encrypted', 'файл зашифрован. Снимите пароль и загрузите файл снова.')
      : new PrintRefusal(
          'pdf-broken',
          'файл поврежден или это не PDF. Сохраните печатную форму заново и загрузите снова.',
        )
  })
  try {
    if (document.numPages > PRINT_LIMITS.pages)
      throw new PrintRefusal(
        'too-large',
        `страниц ${String(document.numPages)}, а читается не более ${String(PRINT_LIMITS.pages)}; разделите файл.`,
      )
    const pages: PrintPage[] = []
    let texts = 0
    for (let number = 1; number <= document.numPages; number += 1) {
      if (isLate())
        throw new PrintRefusal('too-slow', 'файл читается слишком долго: разделите его или сохраните заново.', number)
      const page = await document.getPage(number).catch(() => {
        throw new PrintRefusal(
          'pdf-broken',
          `страница ${String(number)} не читается. Сохраните печатную форму заново.`,
          number,
        )
      })
      const viewport = page.getViewport({ scale: 1 })
      const base = matrixOf(viewport.transform)
      const content = await page.getTextContent()
      const operators = await page.getOperatorList()
      const looks = new Map<string, { bold: boolean; italic: boolean }>()
      const fontLook = (id: string): { bold: boolean; italic: boolean } => {
        const held = looks.get(id)
        if (held) return held
        const font: FontName = page.commonObjs.has(id) ? (page.commonObjs.get(id) as FontName) : {}
        const look = lookOf(typeof font.name === 'string' ? font.name : '')
        looks.set(id, look)
        return look
      }
      const read: PrintPage = {
        width: viewport.width,
        height: viewport.height,
        texts: [],
        ...readDrawing(operators, ops, base),
      }
      for (const item of content.items) {
        if (!('str' in item) || item.str === '') continue
        texts += 1
        if (texts > PRINT_LIMITS.texts) throw new PrintRefusal('too-large', 'в файле слишком много текста.', number)
        const own = matrixOf(item.transform)
        const [x, y] = pointOf(base, own[4], own[5])
        read.texts.push({
          text: item.str,
          x,
          y,
          width: item.width,
          size: Math.hypot(own[2], own[3]) || Math.hypot(own[0], own[1]) || 1,
          ...fontLook(item.fontName),
        })
      }
      pages.push(read)
      page.cleanup()
    }
    return pages
  } finally {
    await document.destroy()
  }
}
