import {
  citeSelection,
  citedReading,
  existingReadable,
  isSelection,
  openCitation,
  type Citation,
  type CitationStore,
  type CitationChangeQueries,
  type CitedThings,
  type DatasetQueries,
  type DownloadQueries,
  type SelectionCitation,
} from '@strata/domain/dataset'
import type { ConventionQueries } from '@strata/domain/convention'
import type { RecordQueries } from '@strata/domain/record'
import type { RegistryQueries } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { existing } from '../../server/existing.ts'
import { citationChangeServices } from './changes-of.ts'
import type { CitationServices } from './services.ts'

export interface CitationParts {
  readonly domain: string
  readonly things: CitedThings
  readonly datasets: Pick<DatasetQueries, 'readable' | 'names' | 'rowCount'>
  readonly downloads: Pick<DownloadQueries, 'settle' | 'contributions'>
  readonly conventions: Pick<ConventionQueries, 'conventions'>
  readonly records: Pick<RecordQueries, 'records'>
  readonly registry: Pick<RegistryQueries, 'releaseOf'>
  readonly changes: CitationChangeQueries
  readonly momentsOf: CitationServices['momentsOf']
  readonly releasesOfDatasets: (
    datasets: readonly { readonly convention: string; readonly asOf: Date }[],
  ) => Promise<readonly (readonly string[])[]>
  readonly releasesOfRecords: (
    records: readonly { readonly record: string; readonly asOf: Date }[],
  ) => Promise<readonly (readonly string[])[]>
  /** In a transaction of its own. */
  readonly keep: CitationStore['keep']
}

export function citationServices(parts: CitationParts): CitationServices {
  const { domain, things, datasets, downloads, records, keep, momentsOf } = parts
  const never = new AbortController().signal
  const own = {
    reading: (citation: SelectionCitation) => citedReading(things, citation),
    releasesOf: (citations: readonly Citation[]) => releasesOf(parts, citations),
  }
  return {
    ...own,
    ...citationChangeServices({ ...own, changes: parts.changes, datasets }),
    cite: (convention, input, actor) =>
      citeSelection({ datasets, downloads, keep, current: (slug) => current(parts, slug) }, convention, input, actor, never),
    open: (id) => openCitation(things, id, domain),
    momentsOf,
    records: (ids) => records.records(ids),
  }
}

async function current({ conventions, datasets }: CitationParts, slug: string) {
  const dataset = await existingReadable(datasets, slug)
  const [convention] = await conventions.conventions([dataset.convention])
  const { title, schema, hooks } = existing(convention, 'convention')
  return { dataset, title, shape: { schema, hooks } }
}

/** Of each citation, in order: one statement for all that are of one kind. */
async function releasesOf(
  { registry, releasesOfDatasets, releasesOfRecords }: CitationParts,
  citations: readonly Citation[],
): Promise<readonly (readonly string[])[]> {
  const found = new Map<Citation, readonly string[]>()
  const datasets = citations.filter(({ of }) => of.kind === 'dataset')
  const records = citations.flatMap((citation) =>
    citation.of.kind === 'record' ? [{ citation, record: citation.of.record, asOf: citation.asOf }] : [],
  )
  const [ofDatasets, ofRecords] = await Promise.all([releasesOfDatasets(datasets), releasesOfRecords(records)])
  for (const [i, citation] of datasets.entries()) found.set(citation, ofDatasets[i] ?? [])
  for (const [i, { citation }] of records.entries()) found.set(citation, ofRecords[i] ?? [])
  for (const citation of citations.filter(isSelection)) {
    const releases = await Promise.all(citation.of.releases.map(({ hook, version }) => registry.releaseOf(hook as HookName, version)))
    found.set(
      citation,
      releases.flatMap((release) => release?.id ?? []),
    )
  }
  return citations.map((citation) => found.get(citation) ?? [])
}
