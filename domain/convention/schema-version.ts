import { BadUserInput } from '@strata/domain/shared'

/** `major.minor.patch`; trailing parts are optional. Within a major, fields can only be added. */
export type SchemaVersion = string & { readonly [schemaVersion]: true }
declare const schemaVersion: unique symbol

export function parseSchemaVersion(text: string, field?: string): SchemaVersion {
  if (/^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){0,2}$/.test(text)) return text as SchemaVersion
  throw new BadUserInput(`"${text.slice(0, 40)}" is not a version of the form major.minor.patch, like 1.0.0.`, field)
}

export function majorOf(version: SchemaVersion): number {
  return Number.parseInt(version, 10)
}

/** Compares by number; 0 for two spellings of one version, like 1.0 and 1.0.0. */
export function compareVersions(a: SchemaVersion, b: SchemaVersion): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
