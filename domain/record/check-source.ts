import { BadUserInput, isNodeDomain, NotFound, parseSrn, srnParts, type Finding } from '@strata/domain/shared'
import type { SourceOrigin } from './record-source.ts'

/** Checks the parts of the source that all records of a call share. */
export function checkOrigin(origin: SourceOrigin): SourceOrigin {
  switch (origin.type) {
    case 'deposition':
      return origin
    case 'harvest':
      parseSrn(origin.harvestRun, 'input.source.harvest.harvestRun')
      checkText(origin.upstreamSource, 'input.source.harvest.upstreamSource')
      return origin
    case 'fork':
    case 'import':
      checkSourceNode(origin.sourceNode, `input.source.${origin.type}.sourceNode`)
      return origin
    default:
      return origin satisfies never
  }
}

/**
 * A caller may claim that records came from a harvest of another archive, which cannot be checked here. This archive publishes
 * its own harvests itself, so a caller's claim of one is refused.
 */
export function checkClaim(origin: SourceOrigin, domain: string): SourceOrigin {
  if (origin.type !== 'harvest') return origin
  const field = 'input.source.harvest.harvestRun'
  const run = srnParts(parseSrn(origin.harvestRun, field))
  if (run.type !== 'hrv')
    throw new BadUserInput(`"${origin.harvestRun}" is not the SRN of a harvest, which has the form urn:osa:{domain}:hrv:{id}.`, field)
  if (run.domain !== domain) return origin
  throw new NotFound(
    `This archive has run no harvest "${origin.harvestRun}". Records that you bring from elsewhere have the source "import" or "fork".`,
    field,
  )
}

/** A source id is another system's name for the record: any readable text, limited so that it can be indexed. */
export function checkSourceId(id: string): Finding | undefined {
  const fault = faultOfSourceId(id)
  if (fault === undefined) return undefined
  return { hook: 'metadata', kind: 'INVALID_METADATA', message: `"sourceId" ${fault}.`, field: 'sourceId' }
}

/** What is wrong with a source id, as the end of a sentence about it; undefined when nothing is. */
export function faultOfSourceId(id: string): string | undefined {
  return faultOf(id, 512)
}

/** What changed in a version is a sentence or two. */
export function checkNote(note: string | null | undefined): Finding | undefined {
  const fault = note === null || note === undefined ? undefined : faultOf(note, 2_000)
  if (fault === undefined) return undefined
  return { hook: 'record', kind: 'INVALID_METADATA', message: `"note" ${fault}.`, field: 'note' }
}

/** A node is identified by the domain in its records' names, which never changes once they are published. */
export function checkSourceNode(text: string, field: string): string {
  checkText(text, field)
  if (isNodeDomain(text)) return text
  const lower = text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
  const meant = isNodeDomain(lower) ? ` Did you mean "${lower}"?` : ''
  throw new BadUserInput(
    `"${text.slice(0, 80)}" is not a node's domain, which looks like rcsb.org, in lower case, without https:// or a path.${meant}`,
    field,
  )
}

function checkText(text: string, field: string): void {
  const fault = faultOf(text, 256)
  if (fault) throw new BadUserInput(`"${field}" ${fault}.`, field)
}

export function faultOf(text: string, most: number): string | undefined {
  if (text.trim() === '') return 'is empty; give the name it has where it comes from'
  if (text.length > most) return `has at most ${most} characters, not ${text.length}`
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text) || !text.isWellFormed()) return 'contains control characters'
  return undefined
}
