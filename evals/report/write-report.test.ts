import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ReportFigures } from './report-figures.ts'
import { mergeRows } from './run-report.ts'
import { reportPlots, reportText } from './write-report.ts'

const figures = ReportFigures.parse(JSON.parse(await readFile('docs/search-report.json', 'utf8')))

it('page and plots are what the figures give: `npm run evals -- report --only text`', async () => {
  expect(await readFile('docs/search-report.md', 'utf8')).toBe(reportText(figures))
  for (const [name, svg] of reportPlots(figures)) expect(await readFile(`docs/images/${name}`, 'utf8')).toBe(svg)
})

it('plots ask for nothing from elsewhere and run nothing', () => {
  for (const svg of reportPlots(figures).values()) {
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<image|@import/u)
    expect(svg.match(/<svg /gu)).toHaveLength(1)
    expect(svg).not.toContain('NaN')
  }
})

it('a part that was not measured is left out', () => {
  const text = reportText({})
  expect(text).toContain('# Search, measured')
  expect(text).not.toContain('##')
  expect(reportPlots({}).size).toBe(0)
})

it('a size measured alone joins those of before, each with its day', () => {
  const { speed } = figures
  const [row] = speed?.rows ?? []
  if (speed === undefined || row === undefined) expect.fail('no speed in the report')
  const today = { ...speed.measured, on: '2027-01-01', load: 0.1 }
  const anew = { ...row, passages: 2_000_000, measured: undefined }
  const rows = mergeRows([anew], speed, ({ passages }) => String(passages))
  expect(rows.map(({ passages }) => passages)).toEqual([...speed.rows.map(({ passages }) => passages), 2_000_000])
  const text = reportText({ speed: { measured: today, rows } })
  expect(text).toContain('Measured on 2027-01-01')
  expect(text).toContain(`1,000 passages: Measured on ${speed.measured.on}`)
  expect(text).not.toContain('2,000,000 passages: Measured')
  // Measured once more: the figures of before are gone.
  expect(
    mergeRows([{ ...anew, buildMs: 1 }], { measured: today, rows }, ({ passages }) => String(passages)),
  ).toHaveLength(rows.length)
})
