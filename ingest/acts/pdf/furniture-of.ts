import type { PrintLine } from './print.ts'

/** A page's number and nothing else: «7», «стр. 7 из 13», «- 7 -», «7-бет». */
const PAGE_NUMBER =
  /^[-–—]?\s*(?:стр(?:аница)?\.?|page|бет)?\s*\d{1,4}(?:\s*(?:\/|из|of)\s*\d{1,4}|\s*-?\s*бет)?\s*[-–—]?$/iu
/** What acts themselves print at the top of many pages. */
const OF_THE_ACT =
  /^(?:Приложени|Форма|Нысан|Глава|Утвержд|Параграф|Раздел|Статья)|қосымша|тарау|_{3}|^\d+(?:-\d+)?[.)]\s/iu
/** The outer share of a page's height that headers and footers stand in. */
const BAND = 0.12
const EDGE_LINES = 4
const SAME_HEIGHT = 4

interface Page {
  height: number
  lines: readonly PrintLine[]
}

/**
 * Headers, footers and page numbers: lines in the outer band of a page that stand at the same height on at least half of the pages
 * with the same words, and lone page numbers there. Never what an act prints itself («Приложение 1», «Форма»). Pure.
 */
export function furnitureOf(pages: readonly Page[], bodySize: number): Set<PrintLine> {
  const candidates = pages.flatMap(({ height, lines }) => {
    const edges = new Set([...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)])
    return [...edges].filter((line) => line.y < BAND * height || line.y > (1 - BAND) * height)
  })
  const groups = new Map<string, PrintLine[]>()
  for (const line of candidates) {
    const small = line.size < 0.85 * bodySize
    const key = PAGE_NUMBER.test(line.text) ? '#' : small ? line.text.replace(/\d+/g, '#') : line.text
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const furniture = new Set<PrintLine>()
  for (const [key, lines] of groups) {
    if (OF_THE_ACT.test(key) && key !== '#') continue
    for (const line of lines) {
      const alike = lines.filter((other) => Math.abs(other.y - line.y) <= SAME_HEIGHT).length
      if (key === '#' ? alike >= Math.max(1, pages.length / 3) : alike >= 2 && alike >= pages.length / 2)
        furniture.add(line)
    }
  }
  return furniture
}
