import type { RecordId } from '@strata/domain/record'
import type { HookRun } from '@strata/domain/run'
import { NotFound, type Digest, type Page, type PageRequest } from '@strata/domain/shared'
import type { Touched, TouchedCounts } from './touched.ts'

export type BlastRadiusOf =
  | { readonly digest: Digest }
  | { readonly sourceRef: string }
  | { readonly release: string }
  | { readonly run: string }

/** Port: reads what releases or a run have made. Lists are newest first. */
export interface BlastRadii {
  releasesOfDigest(digest: Digest): Promise<readonly string[]>
  releasesOfSourceRef(sourceRef: string): Promise<readonly string[]>
  /** What an id names; for a run, with its release. */
  named(id: string): Promise<{ readonly kind: 'release' | 'run' | 'record'; readonly release: string | undefined } | undefined>
  counts(touched: Touched): Promise<TouchedCounts>
  recordPage(touched: Touched, page: PageRequest<RecordId>): Promise<Page<RecordId>>
  runPage(touched: Touched, page: PageRequest<string>): Promise<Page<Pick<HookRun, 'id'>>>
  runCount(touched: Touched): Promise<number>
}

/**
 * Finds what a release or run touched. An unknown digest or source ref is valid and has touched nothing; an unknown id is
 * refused as a mistake.
 */
export async function findTouched(radii: BlastRadii, of: BlastRadiusOf): Promise<Touched> {
  if ('digest' in of) return { releases: await radii.releasesOfDigest(of.digest) }
  if ('sourceRef' in of) return { releases: await radii.releasesOfSourceRef(of.sourceRef) }
  const [kind, id] = 'run' in of ? (['run', of.run] as const) : (['release', of.release] as const)
  const named = await radii.named(id)
  if (named?.kind !== kind || named.release === undefined) throw new NotFound(notThere(kind, id, named?.kind), `of.${kind}`)
  return kind === 'run' ? { releases: [named.release], run: id } : { releases: [named.release] }
}

function notThere(kind: 'run' | 'release', id: string, is: string | undefined): string {
  const shown = id.slice(0, 80).toWellFormed()
  if (is === 'run' || is === 'release') return `There is no ${kind} "${shown}", but a ${is} with that id: ask for { ${is}: "${shown}" }.`
  if (is === 'record') return `"${shown}" is the id of a record, not of a ${kind}.`
  const where = kind === 'run' ? '"runs" lists them' : 'hook(name: …) { releases { nodes { id version } } } lists them'
  return `There is no ${kind} "${shown}"; ${where}.`
}
