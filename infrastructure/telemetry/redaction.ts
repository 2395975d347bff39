/** Names whose values are never printed. Case, hyphens and underscores in field names are ignored. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'accessToken',
  'password',
  'secret',
  'tokenSecret',
  'gatewaySecret',
  'secretAccessKey',
  'databaseUrl',
  'databaseReadUrl',
  'readUrl',
  'redisUrl',
  'connectionString',
  'x-strata-gateway',
]

/** For the bindings of child loggers, which the parent's formatters do not see. */
export const secretSerializers = Object.fromEntries(secretNames.map((name) => [name, () => redacted]))

/**
 * A copy of a line's fields without secrets. pino's own redaction covers only levels that are listed explicitly, and costs about twenty
 * times as much as the line itself.
 */
export function withoutSecrets(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isSecret(name) ? redacted : cleaned(value, depth + 1)]))
}

function cleaned(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth > deepest ? '[deep]' : value.map((item) => cleaned(item, depth + 1))
  if (isPlainObject(value)) return depth > deepest ? '[deep]' : withoutSecrets(value, depth)
  return value
}

/** Also ends the recursion in cyclic objects. */
const deepest = 6

const redacted = '[redacted]'
const plainSecretNames = new Set(secretNames.map((name) => plainName(name)))
const known = new Map<string, boolean>()

function isSecret(name: string): boolean {
  const answer = known.get(name) ?? plainSecretNames.has(plainName(name))
  if (known.size < 1000) known.set(name, answer)
  return answer
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

/** Errors, requests and other instances have their own serializers. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
