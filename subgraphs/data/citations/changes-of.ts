import {
  isSelection,
  type Citation,
  type CitationChangeQueries,
  type CitedContent,
  type DatasetQueries,
  type SelectionCitation,
} from '@strata/domain/dataset'
import { existing } from '../../server/existing.ts'
import type { CitationServices } from './services.ts'

export interface ChangeParts extends Pick<CitationServices, 'reading' | 'releasesOf'> {
  readonly changes: CitationChangeQueries
  readonly datasets: Pick<DatasetQueries, 'rowCount'>
}

/** Changes since citations. All citations of one request are read in one statement; each selection is compiled first. */
export function citationChangeServices(parts: ChangeParts): Pick<CitationServices, 'changesOf' | 'changeCounts' | 'rowCountNow'> {
  return {
    async changesOf(asked) {
      const contents = await contentsOf(
        parts,
        asked.map(({ citation }) => citation),
      )
      return parts.changes.changesSince(contents.map((of, i) => ({ of, first: asked[i]?.first ?? 0 })))
    },
    changeCounts: async (citations) => parts.changes.changeCounts(await contentsOf(parts, citations)),
    rowCountNow: (citation) => rowCountNow(parts, citation),
  }
}

/** Uses the count that was stored with the citation, unless content was erased since. */
async function rowCountNow({ changes, datasets, reading }: ChangeParts, citation: SelectionCitation): Promise<bigint> {
  const { convention, asOf, of } = citation
  if (!(await changes.wasAnyRemoved(convention, asOf))) return of.rowCount
  return BigInt(await datasets.rowCount(await reading(citation)))
}

async function contentsOf(parts: ChangeParts, citations: readonly Citation[]): Promise<readonly CitedContent[]> {
  const releases = await parts.releasesOf(citations)
  return Promise.all(citations.map((citation, i) => contentOf(parts, citation, existing(releases[i], 'releases of a citation'))))
}

async function contentOf(parts: ChangeParts, citation: Citation, releases: readonly string[]): Promise<CitedContent> {
  const { convention, asOf, of } = citation
  if (isSelection(citation)) {
    return { kind: 'rows', reading: await parts.reading(citation), versions: citation.of.releases.map(({ version }) => version) }
  }
  return of.kind === 'record'
    ? { kind: 'record', convention, asOf, record: of.record, releases }
    : { kind: 'dataset', convention, asOf, releases }
}
