import { readFile } from 'node:fs/promises'
import { loadConfig } from '@strata/infrastructure/environment'
import { buildSchema, parse, validate } from 'graphql'
import { readListBounds } from '../gateway/limits/list-bounds.ts'
import { createOperationCheck } from '../gateway/limits/operation-check.ts'

// Compares the cost of refusing an operation that exceeds a limit with that of only parsing and validating it.
const schema = buildSchema(await readFile(new URL('../gateway/api.graphql', import.meta.url), 'utf8'))
const bounds = readListBounds(await readFile(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8'))
const check = createOperationCheck({ schema, bounds, limits: loadConfig({}).limits.query })
const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ')

const attacks: Readonly<Record<string, string>> = {
  '1,000 aliases': `{ ${times(1_000, (i) => `a${i}: viewer { kind }`)} }`,
  'fragments 180 deep': `{ ...F0 } ${times(180, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F180 on Query { ${times(30, () => 'viewer { kind }')} }`,
  'fragments in a cycle': '{ ...A } fragment A on Query { viewer { kind } ...B } fragment B on Query { ...A }',
  'fragments doubled 60 times': `{ ...F0 } ${times(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Query { viewer { kind } }`,
  'a page of a billion': '{ conventions { nodes { records(first: 1000000000) { nodes { srn } } } } }',
  '100,000 tokens': `{ ${'a '.repeat(49_000)} }`,
  '1,000 directives': `{ viewer { kind ${'@include(if: true) '.repeat(1_000)} } }`,
  '1,990 times one field, let through': `{ viewer { ${times(1_990, () => 'kind')} } }`,
}

process.stdout.write('ms, median of 20           refusal    validation alone\n')
for (const [name, query] of Object.entries(attacks)) {
  const slow = name.includes('doubled') ? 'not tried' : median(3, () => void validate(schema, parse(query))).toFixed(2)
  process.stdout.write(
    `${name.padEnd(36)} ${median(20, () => attempt(query))
      .toFixed(2)
      .padStart(7)} ${slow.padStart(12)}\n`,
  )
}

function attempt(query: string): void {
  try {
    // A random comment makes each text different, so that no cache helps.
    check({ query: `${query}#${Math.random()}` })
  } catch {
    // The refusal is what is measured.
  }
}

function median(rounds: number, work: () => void): number {
  const taken = Array.from({ length: rounds }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return taken.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}
