import { BadUserInput } from './refusal.ts'

/**
 * The name of an item in any archive: `urn:osa:{domain}:{type}:{id}[@version]`.
 * Only this file parses and prints SRNs. The grammar is strict: each name has exactly one spelling.
 */
export type Srn = string & { readonly [srn]: true }
declare const srn: unique symbol

export interface SrnParts {
  readonly domain: string
  readonly type: SrnType
  readonly id: string
  readonly version?: number
}

export const srnTypes = ['rec', 'dep', 'hrv'] as const
/** rec = record, dep = deposition, hrv = harvest. */
type SrnType = (typeof srnTypes)[number]

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const domainPattern = new RegExp(`^${label}(?:\\.${label})*$`)
const idPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/
const grammar = /^urn:osa:([^:@]+):([^:@]+):([^:@]+)(?:@([1-9][0-9]{0,8}))?$/

export function formatSrn(parts: SrnParts): Srn {
  const version = parts.version === undefined ? '' : `@${parts.version}`
  return parseSrn(`urn:osa:${parts.domain}:${parts.type}:${parts.id}${version}`)
}

export function parseSrn(text: string, field?: string): Srn {
  if (readSrn(text)) return text as Srn
  throw new BadUserInput(`"${text.slice(0, 120)}" is not an SRN, which has the form urn:osa:{domain}:{type}:{id}[@version].`, field)
}

export function isSrn(text: string): text is Srn {
  return readSrn(text) !== undefined
}

export function srnParts(name: Srn): SrnParts {
  const parts = readSrn(name)
  if (!parts) throw new Error(`not an SRN: ${name}`)
  return parts
}

export function isNodeDomain(text: string): boolean {
  return text.length <= 253 && domainPattern.test(text)
}

function readSrn(text: string): SrnParts | undefined {
  if (text.length > 512) return undefined
  const [, domain = '', type = '', id = '', version] = grammar.exec(text) ?? []
  if (!isNodeDomain(domain) || !isSrnType(type) || !idPattern.test(id)) return undefined
  return version === undefined ? { domain, type, id } : { domain, type, id, version: Number(version) }
}

function isSrnType(text: string): text is SrnType {
  return srnTypes.some((type) => type === text)
}
