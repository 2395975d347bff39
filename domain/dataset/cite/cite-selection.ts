import { isJsonObject, type Json } from '@strata/domain/shared'
import type { DownloadQueries } from '../download/download-queries.ts'
import type { DatasetQueries } from '../dataset-queries.ts'
import type { ReadableDataset } from '../reading/readable.ts'
import { parseReading, type Reading, type ReadingInput } from '../reading/reading.ts'
import type { DatasetShape, SelectionCitation } from './citation.ts'
import { selectionCitationId } from './citation-id.ts'

/** Port: stored citations. */
export interface CitationStore {
  /** Stores it unless its id exists; returns the stored citation. */
  keep(citation: SelectionCitation): Promise<SelectionCitation>
}

export interface CitePorts {
  readonly datasets: Pick<DatasetQueries, 'rowCount'>
  readonly downloads: Pick<DownloadQueries, 'settle' | 'contributions'>
  /** The dataset as it is now, so that a citation can later show it in this state. */
  current(convention: string): Promise<{ readonly dataset: ReadableDataset; readonly title: string; readonly shape: DatasetShape }>
  /** Uses its own transaction, so that counting the rows before it does not hold one open. */
  keep: CitationStore['keep']
}

/** Makes a selection citable: fixes its time, counts its rows, and stores it under a short id. */
export async function citeSelection(
  ports: CitePorts,
  convention: string,
  input: ReadingInput,
  actor: string,
  stop: AbortSignal,
): Promise<SelectionCitation> {
  const { dataset, title, shape } = await ports.current(convention)
  const reading = await ports.downloads.settle(parseReading(dataset, input))
  const releases = await ports.downloads.contributions(reading, stop)
  const filter = plain(input.filter)
  const orderBy = reading.order.map((key, i) => ({ column: askedColumn(input.orderBy, i) ?? key.of.name, direction: key.direction }))
  const question: Json = {
    convention,
    table: reading.table.name,
    filter,
    orderBy: orderBy.map((key) => ({ ...key })),
    release: reading.release ?? null,
    asOf: reading.asOf.toISOString(),
    schema: [shape.schema.id, shape.schema.version],
  }
  return ports.keep({
    id: selectionCitationId(question),
    convention: dataset.convention,
    title,
    asOf: reading.asOf,
    of: {
      kind: 'selection',
      table: reading.table.name,
      filter,
      orderBy,
      release: reading.release,
      dataset: shape,
      rowCount: await countOf(ports, reading, releases),
      releases,
      createdBy: actor,
      createdAt: new Date(),
    },
  })
}

async function countOf({ datasets }: CitePorts, reading: Reading, releases: SelectionCitation['of']['releases']): Promise<bigint> {
  if (reading.table.kind === 'hook') return releases.reduce((sum, { rows }) => sum + BigInt(rows), 0n)
  return BigInt(await datasets.rowCount(reading))
}

/** Converts to plain JSON: GraphQL's input objects have no prototype. */
function plain(filter: unknown): Json | null {
  return filter === undefined || filter === null ? null : (JSON.parse(JSON.stringify(filter)) as Json)
}

function askedColumn(orderBy: unknown, i: number): string | undefined {
  const key: unknown = Array.isArray(orderBy) ? orderBy[i] : undefined
  return isJsonObject(key) && typeof key['column'] === 'string' ? key['column'] : undefined
}
