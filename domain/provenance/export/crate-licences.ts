import { licenseAddress } from '@strata/domain/convention'
import type { Json, JsonObject } from '@strata/domain/shared'
import type { ProvenanceNode } from '../graph.ts'
import { textOf } from './exported.ts'

/** The licences of the crate's root: all licences in the crate, or a sentence that there is none. */
export function licensesOfRoot(nodes: readonly ProvenanceNode[]): Json {
  const [first, ...others] = licensesOf(nodes).map(refTo)
  if (first === undefined) return 'The terms of use of these data are not stated.'
  return others.length === 0 ? first : [first, ...others]
}

/** A crate must describe everything that it refers to. */
export function licenseEntities(nodes: readonly ProvenanceNode[]): readonly JsonObject[] {
  return licensesOf(nodes).map((license) => ({
    ...refTo(license),
    '@type': 'CreativeWork',
    name: license,
    description: `The licence ${license}.`,
  }))
}

export function licenseOfNode({ attributes }: ProvenanceNode): JsonObject {
  const license = textOf(attributes['license'])
  return license === undefined ? {} : { license: refTo(license) }
}

function licensesOf(nodes: readonly ProvenanceNode[]): string[] {
  return [...new Set(nodes.flatMap(({ attributes }) => textOf(attributes['license']) ?? []))].toSorted()
}

function refTo(license: string): { readonly '@id': string } {
  return { '@id': licenseAddress(license) ?? `#licence-${encodeURIComponent(license)}` }
}
