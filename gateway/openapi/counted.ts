import type { Paths } from './parts.ts'

const uncounted = ['/healthz', '/readyz']
const tooMany = { $ref: '#/components/responses/TooMany' }

/** Adds the answer to a request beyond the rate limit to all paths except health checks, which are not counted. */
export function counted(paths: Paths): Paths {
  return mapped(paths, (operations, path) =>
    uncounted.includes(path)
      ? operations
      : mapped(operations, (operation) => ({ ...operation, responses: { ...operation.responses, 429: tooMany } })),
  )
}

function mapped<Value>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]))
}
