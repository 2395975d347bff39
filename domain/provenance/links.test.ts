import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { links } from './links.ts'

test('docs/provenance.md shows the table of links as it is', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/provenance.md'), 'utf8')
  const rows = links.map(({ from, relation, to, cause, down, aside, closure }) => {
    const upstream = cause === 'to' ? to : from
    return `| ${from} | ${relation} | ${to} | the ${upstream} | ${down} | ${aside ? 'shown' : ''} | ${closure ? 'always' : ''} |`
  })
  expect(page.split('\n').filter((line) => /^\| [A-Z_]+ \| [A-Z_]+ \| [A-Z_]+ \| the /.test(line))).toEqual(rows)
})

test('links go from effects to causes in one direction only: nothing is its own cause', () => {
  const causes = links
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, cause }) => (cause === 'to' ? { effect: from, cause: to } : { effect: to, cause: from }))
  const left = new Set(links.flatMap(({ from, to }) => [from, to]))
  for (let before = -1; before !== left.size;) {
    before = left.size
    for (const kind of left) if (!causes.some(({ effect, cause }) => effect === kind && left.has(cause))) left.delete(kind)
  }
  expect([...left]).toEqual([])
})

test('closure adds at most one node per link, so it cannot make a graph many times larger', () => {
  expect(links.filter(({ closure }) => closure).map(({ one }) => one)).toEqual(links.filter(({ closure }) => closure).map(() => 'to'))
})
