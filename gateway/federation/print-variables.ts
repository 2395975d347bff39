import type { Json } from '@strata/domain/shared'

/**
 * Prints variables as JSON without losing anything. JSON.stringify fails on deep nesting, and turns 1e400 (parsed as Infinity) into
 * null, which a subgraph would take for a missing value; the subgraph decides whether such a value is valid.
 */
export function printVariables(variables: Json): string {
  return isOrdinary(variables) ? JSON.stringify(variables) : printOdd(variables)
}

const safeDepth = 1_000

function isOrdinary(variables: Json): boolean {
  const todo: { readonly value: Json; readonly depth: number }[] = [{ value: variables, depth: 0 }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { value, depth } = next
    if (typeof value === 'number' && !Number.isFinite(value)) return false
    if (typeof value !== 'object' || value === null) continue
    if (depth > safeDepth) return false
    for (const child of Object.values(value)) todo.push({ value: child, depth: depth + 1 })
  }
  return true
}

type Piece = { readonly text: string } | { readonly value: Json }

/** Not recursive: keeps the remaining pieces on a stack. */
function printOdd(variables: Json): string {
  const printed: string[] = []
  const todo: Piece[] = [{ value: variables }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if ('text' in next) printed.push(next.text)
    else if (typeof next.value === 'object' && next.value !== null) for (const piece of piecesOf(next.value).toReversed()) todo.push(piece)
    else printed.push(printScalar(next.value))
  }
  return printed.join('')
}

function piecesOf(value: Json & object): Piece[] {
  if (Array.isArray(value))
    return enclosed(
      '[',
      value.map((item: Json) => [{ value: item }]),
      ']',
    )
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return enclosed(
    '{',
    members.map(([key, member]) => [{ text: `${JSON.stringify(key)}:` }, { value: member }]),
    '}',
  )
}

function enclosed(open: string, members: readonly (readonly Piece[])[], close: string): Piece[] {
  return [{ text: open }, ...members.flatMap((pieces, i) => (i === 0 ? pieces : [{ text: ',' }, ...pieces])), { text: close }]
}

function printScalar(value: string | number | boolean | null): string {
  if (value === Infinity) return '1e999'
  if (value === -Infinity) return '-1e999'
  return JSON.stringify(value)
}
