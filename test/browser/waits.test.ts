import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** What reads a page as it is at one moment. */
const READS = new Set([
  'allInnerTexts',
  'allTextContents',
  'count',
  'evaluate',
  'evaluateAll',
  'getAttribute',
  'innerText',
  'inputValue',
  'isChecked',
  'isDisabled',
  'isEnabled',
  'isVisible',
  'textContent',
])

const isRead = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) &&
  ts.isCallExpression(node.expression) &&
  ts.isPropertyAccessExpression(node.expression.expression) &&
  READS.has(node.expression.expression.name.text)

const holdsRead = (node: ts.Node): boolean =>
  !ts.isFunctionLike(node) &&
  (isRead(node) || (ts.forEachChild(node, (child) => holdsRead(child) || undefined) ?? false))

/** What is absent is said of this moment: a page that shows it and takes it away again has shown it. */
const isAbsence = (matcher: string): boolean =>
  /^\.(?:not\b|toBe\((?:0|false)\)|toEqual\(\[\]\)|toBeNull\()/u.test(matcher)

/** Lines where `expect(await page….innerText())` expects what the page may still be loading. */
function readAtOnce(text: string): number[] {
  const source = ts.createSourceFile('test.ts', text, ts.ScriptTarget.Latest, true)
  const lines: number[] = []
  const look = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'expect' &&
      node.arguments.some((argument) => holdsRead(argument)) &&
      !isAbsence(text.slice(node.getEnd()).trimStart())
    )
      lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    ts.forEachChild(node, look)
  }
  look(source)
  return lines
}

test('what a browser test expects to be on a page it waits for (expect.poll)', () => {
  const here = new URL('.', import.meta.url)
  const found = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.browser.test.ts'))
    .flatMap((name) => readAtOnce(readFileSync(new URL(name, here), 'utf8')).map((line) => `${name}:${line}`))
  expect(found).toEqual([])
})

test.each<[code: string, isFound: boolean]>([
  ["expect(await row.innerText()).toBe('да')", true],
  ['expect((await cells.allInnerTexts())[2]).toBe(5)', true],
  ["expect(\n  await page.locator('li').first().getAttribute('data-state'),\n).toBe('open')", true],
  ["await expect.poll(() => row.innerText()).toBe('да')", false],
  ["await expect.poll(async () => (await row.innerText()).toLowerCase()).toBe('да')", false],
  ["expect(await page.getByText('Тайный').count()).toBe(0)", false],
  ["expect(await row.innerText()).not.toContain('имя')", false],
])('%s', (code, isFound) => {
  expect(readAtOnce(code)).toHaveLength(isFound ? 1 : 0)
})
