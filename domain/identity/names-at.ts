/** The texts at a path of a call's arguments: `input.hook`, or `input.hooks.*.name` for all items of a list. */
export function namesAt(args: unknown, path: string): readonly string[] {
  const found = path.split('.').reduce<readonly unknown[]>((values, key) => values.flatMap((value) => step(value, key)), [args])
  return found.filter((value): value is string => typeof value === 'string')
}

function step(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (key === '*') return Array.isArray(value) ? value : []
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : []))
}
