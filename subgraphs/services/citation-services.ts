import {
  citeSelection,
  citedReading,
  existingReadable,
  openCitation,
  type Citation,
  type CitationStore,
  type CitedThings,
  type DatasetQueries,
  type DownloadQueries,
} from '@strata/domain/dataset'
import type { ConventionQueries } from '@strata/domain/convention'
import type { RegistryQueries } from '@strata/domain/registry'
import type { HookName } from '@strata/domain/shared'
import { existing } from '../server/existing.ts'
import type { CitationServices } from '../server/services.ts'

export interface CitationParts {
  readonly domain: string
  readonly things: CitedThings
  readonly datasets: Pick<DatasetQueries, 'readable' | 'names' | 'rowCount'>
  readonly downloads: Pick<DownloadQueries, 'settle' | 'contributions'>
  readonly conventions: Pick<ConventionQueries, 'conventions'>
  readonly registry: Pick<RegistryQueries, 'releaseOf'>
  readonly momentOf: (convention: string) => Promise<Date>
  readonly releasesOfDataset: (convention: string, asOf: Date) => Promise<readonly string[]>
  readonly releasesOfRecord: (record: string, asOf: Date) => Promise<readonly string[]>
  /** In a transaction of its own. */
  readonly keep: CitationStore['keep']
}

export function citationServices(parts: CitationParts): CitationServices {
  const { domain, things, datasets, downloads, keep, momentOf } = parts
  const never = new AbortController().signal
  return {
    cite: (convention, input, actor) => citeSelection({ datasets, downloads, keep, current: (slug) => current(parts, slug) }, convention, input, actor, never),
    open: (id) => openCitation(things, id, domain),
    reading: (citation) => citedReading(things, citation),
    momentOf,
    releasesOf: (citation) => releasesOf(parts, citation),
  }
}

async function current({ conventions, datasets }: CitationParts, slug: string) {
  const dataset = await existingReadable(datasets, slug)
  const [convention] = await conventions.conventions([dataset.convention])
  const { title, schema, hooks } = existing(convention, 'convention')
  return { dataset, title, shape: { schema, hooks } }
}

async function releasesOf({ registry, releasesOfDataset, releasesOfRecord }: CitationParts, { of, convention, asOf }: Citation): Promise<readonly string[]> {
  switch (of.kind) {
    case 'dataset':
      return releasesOfDataset(convention, asOf)
    case 'record':
      return releasesOfRecord(of.record, asOf)
    case 'selection': {
      const found = await Promise.all(of.releases.map(({ hook, version }) => registry.releaseOf(hook as HookName, version)))
      return found.flatMap((release) => release?.id ?? [])
    }
  }
}
