import { recordRefOf, recordSrn, type RecordName } from '@strata/domain/record'
import { canonicalJson, digestOf, parseSrn, type Json } from '@strata/domain/shared'

/** What the id of a citation says: either the whole citation, or that it is stored under that id. */
export type CitationId =
  | { readonly kind: 'dataset'; readonly convention: string; readonly asOf: Date }
  | { readonly kind: 'record'; readonly record: RecordName; readonly asOf: Date }
  | { readonly kind: 'selection'; readonly id: string }

/** `proteins@2026-11-26T06:30:00.123Z` */
export function datasetCitationId(convention: string, asOf: Date): string {
  return `${convention}@${asOf.toISOString()}`
}

/** `urn:osa:archive.example.org:rec:…@1@2026-11-26T06:30:00.123Z` */
export function recordCitationId(record: RecordName, asOf: Date, domain: string): string {
  return `${recordSrn(domain, record)}@${asOf.toISOString()}`
}

/** Twelve characters, derived from the query and its time, so that citing twice gives one citation. */
export function selectionCitationId(question: Json): string {
  const digest = Buffer.from(digestOf(canonicalJson(question)).slice('sha256:'.length), 'hex')
  return Array.from(digest.subarray(0, 12), (byte) => letters[byte % 32]).join('')
}

/** Letters and digits that are hard to confuse. */
const letters = '23456789abcdefghijkmnpqrstuvwxyz'

/** Undefined if the text cannot be the id of a citation of this archive. */
export function parseCitationId(text: string, domain: string): CitationId | undefined {
  if (/^[2-9a-km-np-z]{12}$/.test(text)) return { kind: 'selection', id: text }
  const [, name = '', time = ''] = /^(.{3,600})@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.exec(text) ?? []
  const asOf = new Date(time)
  if (name === '' || Number.isNaN(asOf.getTime())) return undefined
  if (!name.startsWith('urn:')) return { kind: 'dataset', convention: name, asOf }
  const record = recordOf(name, domain)
  return record && { kind: 'record', record, asOf }
}

/** A citation is of one version, so it names it. */
function recordOf(name: string, domain: string): RecordName | undefined {
  if (!/^urn:osa:[a-z0-9.-]+:rec:[0-9a-f-]{36}@[1-9][0-9]{0,8}$/.test(name)) return undefined
  const ref = recordRefOf(parseSrn(name), domain)
  return ref?.version === undefined ? undefined : { identity: ref.identity, version: ref.version }
}
