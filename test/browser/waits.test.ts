import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** What reads a page as it is at one moment. */
const READS = new Set([
  'allInnerTexts',
  'allTextContents',
  'count',
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

/** Where `expect(await page….innerText())` stands: the page may still be loading what is expected. */
function readAtOnce(path: URL): number[] {
  const source = ts.createSourceFile('test.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const lines: number[] = []
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'expect') {
      const read = node.arguments[0]
      if (
        read !== undefined &&
        ts.isAwaitExpression(read) &&
        ts.isCallExpression(read.expression) &&
        ts.isPropertyAccessExpression(read.expression.expression) &&
        READS.has(read.expression.expression.name.text)
      )
        lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return lines
}

test('what a browser test expects of a page it waits for (expect.poll)', () => {
  const here = new URL('.', import.meta.url)
  const found = readdirSync(here)
    .filter((name) => name.endsWith('.browser.test.ts'))
    .flatMap((name) => readAtOnce(new URL(name, here)).map((line) => `${name}:${line}`))
  expect(found).toEqual([])
})
