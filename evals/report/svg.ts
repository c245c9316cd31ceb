/** Small charts as SVG text: no library, no script, no font from elsewhere. */

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Colours that people who see colours otherwise tell apart (Okabe & Ito 2008); each series has a form of its own besides. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000', '#999999']
const INK = '#222'
const GRID = '#ddd'
const FONT = 'font-family="system-ui, sans-serif"'

const text = (x: number, y: number, content: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${INK}" font-size="12" ${more}>${escape(content)}</text>`

const marker = (series: number, x: number, y: number): string => {
  const colour = COLOURS[series % COLOURS.length] ?? INK
  const [left, top] = [x.toFixed(1), y.toFixed(1)]
  switch (series % 4) {
    case 0:
      return `<circle cx="${left}" cy="${top}" r="4.5" fill="${colour}"/>`
    case 1:
      return `<rect x="${(x - 4).toFixed(1)}" y="${(y - 4).toFixed(1)}" width="8" height="8" fill="none" stroke="${colour}" stroke-width="2"/>`
    case 2:
      return `<path d="M${left} ${(y - 5).toFixed(1)}l5 9h-10z" fill="${colour}"/>`
    default:
      return `<path d="M${(x - 4).toFixed(1)} ${(y - 4).toFixed(1)}l8 8m0 -8l-8 8" stroke="${colour}" stroke-width="2.2"/>`
  }
}

const document = (width: number, height: number, title: string, body: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}" ${FONT}>`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n')

const legend = (names: readonly string[], left: number, y: number): string[] => {
  let x = left
  return names.flatMap((name, series) => {
    const at = x
    x += 26 + name.length * 6.9
    return [marker(series, at, y - 4), text(at + 10, y, name)]
  })
}

export interface DotPanel {
  title: string
  rows: {
    name: string
    /** By series, in the order of the names; null: not measured. */ values: readonly (number | null)[]
  }[]
}

/** Panels one under the other; in each a line per row and a mark per series, on one scale from 0 to 1. */
export function dotPlot(title: string, series: readonly string[], panels: readonly DotPanel[]): string {
  const [left, width, line] = [150, 820, 24]
  const scale = (value: number): number => left + value * (width - left - 30)
  const body = [text(10, 22, title, 'font-weight="600"'), ...legend(series, 14, 46)]
  let y = 70
  for (const panel of panels) {
    body.push(text(10, y + 4, panel.title, 'font-weight="600"'))
    const bottom = y + 14 + panel.rows.length * line
    for (let tick = 0; tick <= 10; tick += 2) {
      const x = scale(tick / 10)
      body.push(`<path d="M${x.toFixed(1)} ${y + 14}V${bottom}" stroke="${GRID}"/>`)
      body.push(text(x, bottom + 14, (tick / 10).toFixed(1), 'text-anchor="middle"'))
    }
    for (const [at, { name, values }] of panel.rows.entries()) {
      const middle = y + 14 + line * (at + 0.5)
      body.push(text(left - 10, middle + 4, name, 'text-anchor="end"'))
      body.push(`<path d="M${left} ${middle.toFixed(1)}H${(width - 30).toFixed(1)}" stroke="${GRID}"/>`)
      for (const [number, value] of values.entries())
        if (value !== null) body.push(marker(number, scale(Math.min(Math.max(value, 0), 1)), middle))
    }
    y = bottom + 40
  }
  return document(width, y, title, body)
}

/** Lines over numbers of passages, both axes logarithmic. @param points above 0 */
export function linePlot(
  title: string,
  axes: { x: string; y: string },
  lines: readonly { name: string; points: readonly (readonly [x: number, y: number])[] }[],
): string {
  const [width, height, left, top, right, bottom] = [820, 420, 70, 70, 30, 50]
  const all = lines.flatMap(({ points }) => points)
  const range = (values: readonly number[]): [number, number] => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ]
  const [fromX, toX] = range(all.map(([x]) => x))
  const [fromY, toY] = range(all.map(([, y]) => y))
  const placeX = (x: number) => left + ((Math.log10(x) - fromX) / Math.max(toX - fromX, 1)) * (width - left - right)
  const placeY = (y: number) =>
    height - bottom - ((Math.log10(y) - fromY) / Math.max(toY - fromY, 1)) * (height - top - bottom)
  const names = lines.map(({ name }) => name)
  const body = [text(10, 22, title, 'font-weight="600"'), ...legend(names, 14, 46)]
  for (let power = fromX; power <= toX; power += 1) {
    const x = placeX(10 ** power)
    body.push(`<path d="M${x.toFixed(1)} ${top}V${height - bottom}" stroke="${GRID}"/>`)
    body.push(text(x, height - bottom + 16, (10 ** power).toLocaleString('en'), 'text-anchor="middle"'))
  }
  for (let power = fromY; power <= toY; power += 1) {
    const y = placeY(10 ** power)
    body.push(`<path d="M${left} ${y.toFixed(1)}H${width - right}" stroke="${GRID}"/>`)
    body.push(text(left - 8, y + 4, String(10 ** power), 'text-anchor="end"'))
  }
  body.push(text((left + width - right) / 2, height - 12, axes.x, 'text-anchor="middle"'))
  body.push(text(left - 50, top - 10, axes.y))
  for (const [series, { points }] of lines.entries()) {
    const colour = COLOURS[series % COLOURS.length] ?? INK
    const path = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${placeX(x).toFixed(1)} ${placeY(y).toFixed(1)}`)
    body.push(`<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`)
    for (const [x, y] of points) body.push(marker(series, placeX(x), placeY(y)))
  }
  return document(width, height, title, body)
}
