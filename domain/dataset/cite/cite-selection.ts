import { isJsonObject, type Json } from '@strata/domain/shared'
import type { DownloadQueries } from '../download/download-queries.ts'
import type { DatasetQueries } from '../dataset-queries.ts'
import type { ReadableDataset } from '../reading/readable.ts'
import { parseReading, type Reading, type ReadingInput } from '../reading/reading.ts'
import type { DatasetShape, SelectionCitation } from './citation.ts'
import { selectionCitationId } from './citation-id.ts'

/** Port: citations that were kept. */
export interface CitationStore {
  /** Keeps it, unless it is there already; returns what is kept under its id. */
  keep(citation: SelectionCitation): Promise<SelectionCitation>
}

export interface CitePorts {
  readonly datasets: Pick<DatasetQueries, 'rowCount'>
  readonly downloads: Pick<DownloadQueries, 'settle' | 'contributions'>
  /** A dataset as it is now, so that a citation can show later what it was. */
  current(convention: string): Promise<{ readonly dataset: ReadableDataset; readonly title: string; readonly shape: DatasetShape }>
  /** Runs in a transaction of its own: what is counted before it may take its time. */
  keep: CitationStore['keep']
}

/** Makes a selection citable: settles its moment, counts it, and keeps it under a short id. */
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

/** As JSON has it: what GraphQL hands over may be something else underneath. */
function plain(filter: unknown): Json | null {
  return filter === undefined || filter === null ? null : (JSON.parse(JSON.stringify(filter)) as Json)
}

function askedColumn(orderBy: unknown, i: number): string | undefined {
  const key: unknown = Array.isArray(orderBy) ? orderBy[i] : undefined
  return isJsonObject(key) && typeof key['column'] === 'string' ? key['column'] : undefined
}
