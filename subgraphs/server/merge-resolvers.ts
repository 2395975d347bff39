/** The resolvers of all modules, by type and field. Modules extend each other's types; that two of them resolve one field is a bug. */
export function mergeResolvers(modules: readonly object[]): object {
  const merged: Record<string, Record<string, unknown>> = {}
  for (const resolvers of modules) {
    for (const [type, fields] of Object.entries(resolvers)) {
      const known = (merged[type] ??= {})
      for (const [field, resolve] of Object.entries(fields ?? {})) {
        if (Object.hasOwn(known, field)) throw new Error(`Two modules resolve the field "${type}.${field}".`)
        known[field] = resolve
      }
    }
  }
  return merged
}
