import {
  citationBibtex,
  citationText,
  citationUrl,
  downloadAddress,
  downloadFormats,
  isSelection,
  parseReading,
  type Citation,
  type Place,
  type SelectionCitation,
} from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'
import { mostChanges } from '../downloads/send-manifest.ts'
import { changeJson } from './change-json.ts'
import type { CitationRouteParts } from './services.ts'

/** Where a reader of a paper arrives: what was cited, whose results it has, and where its rows are. */
export async function landingOf(services: CitationRouteParts, citation: Citation, place: Place): Promise<Json> {
  const { id, title, convention, asOf } = citation
  const [found] = await services.conventions.conventions([convention])
  return {
    id,
    text: citationText(citation, place),
    bibtex: citationBibtex(citation, place),
    url: citationUrl(citation, place),
    convention,
    title,
    licence: found?.license ?? null,
    asOf: asOf.toISOString(),
    ...selected(citation, place),
    ...(await changesOf(services, citation, place)),
    links: { ...(await linksOf(services, citation, place)), graphql: `${place.publicUrl ?? ''}/graphql` },
  }
}

/** Tells a reader that cited content was corrected or withdrawn. */
async function changesOf(
  { citations }: CitationRouteParts,
  citation: Citation,
  { domain }: Place,
): Promise<Readonly<Record<string, Json>>> {
  const [[changes = []], [changeCount = 0], removed] = await Promise.all([
    citations.changesOf([{ citation, first: mostChanges }]),
    citations.changeCounts([citation]),
    isSelection(citation) ? removedRows(citations, citation) : undefined,
  ])
  return {
    ...(removed === undefined ? {} : { removedRowCount: Number(removed) }),
    changes: changes.map((change) => changeJson(change, (record) => recordSrn(domain, record))),
    changeCount,
  }
}

async function removedRows({ rowCountNow }: CitationRouteParts['citations'], citation: SelectionCitation): Promise<bigint> {
  return citation.of.rowCount - (await rowCountNow(citation))
}

function selected({ of }: Citation, { domain }: Place): Readonly<Record<string, Json>> {
  switch (of.kind) {
    case 'dataset':
      return {}
    case 'record':
      return { record: recordSrn(domain, of) }
    case 'selection':
      return {
        table: of.table,
        filter: of.filter,
        orderBy: of.orderBy.map((key) => ({ ...key })),
        release: of.release ?? null,
        rowCount: Number(of.rowCount),
        releases: of.releases.map((one) => ({ ...one })),
        createdBy: of.createdBy,
        createdAt: of.createdAt.toISOString(),
      }
  }
}

/** Of a selection its rows, in each format; of a dataset every table, as it was then. */
async function linksOf({ datasets }: CitationRouteParts, citation: Citation, place: Place): Promise<Readonly<Record<string, Json>>> {
  const { convention, asOf, of } = citation
  if (of.kind === 'selection')
    return Object.fromEntries(downloadFormats.map((format) => [format, `${citationUrl(citation, place)}.${format}`]))
  if (of.kind === 'record') return {}
  const dataset = await datasets.readable(convention)
  const tables = dataset?.tables ?? []
  return Object.fromEntries(
    tables.flatMap((table) => {
      if (dataset === undefined) return []
      const reading = parseReading(dataset, { table: table.name, asOf })
      const addressIn = (format: (typeof downloadFormats)[number]) =>
        `${place.publicUrl ?? ''}${downloadAddress({ reading, format, columns: table.columns, escapesFormulas: false, asked: { filter: null, orderBy: [] } })}`
      return [[table.name, Object.fromEntries(downloadFormats.map((format) => [format, addressIn(format)]))]]
    }),
  )
}
