import type { RecordId, RecordName } from '@strata/domain/record'
import { NotFound, type Slug } from '@strata/domain/shared'
import type { ReadableDataset } from '../reading/readable.ts'
import { parseReading, type Reading } from '../reading/reading.ts'
import type { Citation, DatasetShape, SelectionCitation } from './citation.ts'
import { parseCitationId } from './citation-id.ts'

/** Port: reads what citations refer to. */
export interface CitedThings {
  kept(id: string): Promise<SelectionCitation | undefined>
  convention(slug: string): Promise<{ readonly slug: Slug; readonly title: string; readonly createdAt: Date } | undefined>
  record(
    name: RecordName,
  ): Promise<{ readonly id: RecordId; readonly slug: Slug; readonly title: string; readonly publishedAt: Date } | undefined>
  /** The dataset with the tables and the names that it had. */
  datasetAs(convention: string, shape: DatasetShape, at: Date): Promise<ReadableDataset>
}

/** Finds the cited thing, either from the id itself or from the stored citation. */
export async function openCitation(things: CitedThings, id: string, domain: string, now: Date = new Date()): Promise<Citation> {
  const parsed = parseCitationId(id, domain)
  if (parsed?.kind === 'selection') {
    const kept = await things.kept(id)
    if (kept !== undefined) return kept
  }
  if (parsed?.kind === 'dataset' && parsed.asOf <= now) {
    const found = await things.convention(parsed.convention)
    if (found !== undefined && found.createdAt <= parsed.asOf)
      return { id, convention: found.slug, title: found.title, asOf: parsed.asOf, of: { kind: 'dataset' } }
  }
  if (parsed?.kind === 'record' && parsed.asOf <= now) {
    const found = await things.record(parsed.record)
    // A citation's time is whole milliseconds, rounded up.
    if (found !== undefined && found.publishedAt <= parsed.asOf) {
      return {
        id,
        convention: found.slug,
        title: found.title,
        asOf: parsed.asOf,
        of: { kind: 'record', record: found.id, ...parsed.record },
      }
    }
  }
  throw new NotFound(`There is no citation "${id.slice(0, 120).toWellFormed()}" in this archive.`, 'id')
}

/** A reading of the cited rows. */
export async function citedReading(
  things: Pick<CitedThings, 'datasetAs'>,
  { convention, asOf, of }: SelectionCitation,
): Promise<Reading & { readonly asOf: Date }> {
  const dataset = await things.datasetAs(convention, of.dataset, of.createdAt)
  const { table, filter, orderBy, release } = of
  return { ...parseReading(dataset, { table, filter, orderBy, asOf, release }), asOf }
}

export function isSelection(citation: Citation): citation is SelectionCitation {
  return citation.of.kind === 'selection'
}
