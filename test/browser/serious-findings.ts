import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What keeps people from using the page as it is now: serious findings against WCAG 2.2 AA, as lines that say what and where. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // What the bar at the top covers would count as a target too small.
  await page.evaluate(() => window.scrollTo(0, 0))
  // The whole page is in one frame, so it is judged in that frame; in its other mode the library opens a page more to put frames together.
  if (page.frames().length !== 1) throw new Error('A page with frames needs the other mode of axe')
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary ?? ''}`))
}
