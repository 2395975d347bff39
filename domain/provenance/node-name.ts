import { isRecordId, recordRefOf } from '@strata/domain/record'
import { BadUserInput, isDigest, isNodeDomain, NotFound, parseSrn } from '@strata/domain/shared'
import type { ProvenanceKind } from './kind.ts'
import type { RowPlace } from './lineage.ts'

/**
 * The node in a query: its own id, `<kind>:<name>`, or the id in the rest of the API. A bare UUID may be of several kinds; the
 * first that exists is used.
 */
export interface NodeName {
  readonly candidates: readonly { readonly kind: ProvenanceKind; readonly name: string }[]
  readonly row?: RowPlace
}

/** The prefix of the ids of each kind. */
export const prefixes = {
  RECORD: 'record',
  FILE: 'file',
  SOURCE: 'source',
  CONVENTION: 'convention',
  SCHEMA: 'schema',
  HOOK: 'hook',
  RELEASE: 'release',
  RUN: 'run',
  FEATURE_SET: 'feature-set',
  FEATURE_ROW: 'row',
  POINTER_EVENT: 'pointer-event',
  AGENT: 'agent',
  NODE: 'node',
} as const satisfies { readonly [Kind in ProvenanceKind]: string }

export function nodeId(kind: ProvenanceKind, name: string): string {
  return `${prefixes[kind]}:${name}`
}

const field = 'of'
const longest = 1_000

export function parseNodeName(of: string, domain: string): NodeName {
  if (of.length > longest || of.includes('\0') || !of.isWellFormed()) throw notOne(of)
  if (of.startsWith('urn:')) return named('RECORD', recordOf(of, domain))
  if (isDigest(of)) return named('FILE', of)
  if (isRecordId(of)) return { candidates: anyOfUuid.map((kind) => ({ kind, name: of })) }
  const row = readRow(of)
  if (row !== undefined) return { candidates: [{ kind: 'FEATURE_ROW', name: rowKey(row) }], row }
  const [kind, name] = split(of)
  if (kind === undefined || !shapes[kind].test(name) || (kind === 'NODE' && !isNodeDomain(name))) throw notOne(of)
  return named(kind, name)
}

/** A row's key is its id in the API. */
export function rowKey({ hook, run, record, ordinal }: RowPlace): string {
  return `${hook}:${run}:${record}:${ordinal}`
}

const anyOfUuid = ['RUN', 'RELEASE', 'POINTER_EVENT', 'RECORD'] as const

function named(kind: ProvenanceKind, name: string): NodeName {
  return { candidates: [{ kind, name }] }
}

/** The name of a version is its id, or like its SRN: the record's id, and behind an "@" the version, or nothing for the newest. */
function recordOf(of: string, domain: string): string {
  const ref = recordRefOf(parseSrn(of, field), domain)
  if (ref === undefined)
    throw new NotFound(`"${of}" is not a record of this archive, whose records are named urn:osa:${domain}:rec:….`, field)
  return `${ref.identity}@${ref.version ?? ''}`
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const rowPattern = new RegExp(`^(?:row:)?([a-z][a-z0-9_]{0,62}):(${uuid}):(${uuid}):([0-9]{1,9})$`)

function readRow(of: string): RowPlace | undefined {
  const [, hook, run, record, ordinal] = rowPattern.exec(of) ?? []
  return hook === undefined || run === undefined || record === undefined ? undefined : { hook, run, record, ordinal: Number(ordinal) }
}

function split(of: string): [ProvenanceKind | undefined, string] {
  const colon = of.indexOf(':')
  const word = of.slice(0, colon)
  const kind = kinds.find((one) => prefixes[one] === word)
  return [kind, of.slice(colon + 1)]
}

// eslint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of an object of ours
const kinds = Object.keys(prefixes) as ProvenanceKind[]

const exactUuid = new RegExp(`^${uuid}$`)
const shapes: { readonly [Kind in ProvenanceKind]: RegExp } = {
  RECORD: new RegExp(`^${uuid}(?:@[0-9]{0,9})?$`),
  FILE: /^sha256:[0-9a-f]{64}$/,
  SOURCE: /^[a-z0-9-]+\/[a-z]+\/.+$/s,
  CONVENTION: /^.+$/,
  SCHEMA: /^[^@]+@[^@]+$/,
  HOOK: /^.+$/,
  RELEASE: new RegExp(`^(?:${uuid}|[a-z][a-z0-9_]{0,62}/[1-9][0-9]{0,8})$`),
  RUN: exactUuid,
  FEATURE_SET: exactUuid,
  // Rows are parsed above.
  FEATURE_ROW: /^(?!)/,
  POINTER_EVENT: exactUuid,
  AGENT: /^.+$/,
  NODE: /^.+$/,
}

function notOne(of: string): BadUserInput {
  return new BadUserInput(
    `"${of.slice(0, 120)}" is not the id of anything with provenance. Give the id of a record, run, release, row or pointer event as the API gives it, ` +
      'or one like release:<hook>/<version>, hook:<name>, convention:<slug>, schema:<id>@<version>, file:sha256:…, ' +
      'source:<convention>/<type>/<id>, feature-set:<run>, agent:<actor> or node:<domain>.',
    field,
  )
}
