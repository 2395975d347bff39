import { citationBibtex, citationCsl, citationText, citationUrl, isSelection } from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import { parsePageSize } from '@strata/domain/shared'
import type { CitationChangeResolvers, CitationResolvers, MutationResolvers, QueryResolvers } from '../../generated/types.ts'
import { pageOfReading } from '../../datasets/resolvers/row-connection.ts'

export const Query: QueryResolvers = {
  citation: (_, { id }, { services }) => services.citations.open(id),
}

export const Mutation: MutationResolvers = {
  cite: (_, { convention, ...input }, { services, actor }) => services.citations.cite(convention, input, actor),
}

export const Citation: CitationResolvers = {
  text: (citation, _, context) => citationText(citation, context),
  bibtex: (citation, _, context) => citationBibtex(citation, context),
  cslJson: (citation, _, context) => citationCsl(citation, context),
  url: (citation, _, context) => citationUrl(citation, context),
  changes: (citation, { first }, { loaders }) => loaders.citationChanges.load({ citation, first: parsePageSize(first) }),
  changeCount: (citation, _, { loaders }) => loaders.citationChangeCount.load(citation),
  convention: ({ convention }) => ({ slug: convention }),
  record: ({ of }, _, { domain }) => (of.kind === 'record' ? { srn: recordSrn(domain, of) } : null),
  table: ({ of }) => (of.kind === 'selection' ? of.table : null),
  filter: ({ of }) => (of.kind === 'selection' ? of.filter : null),
  orderBy: ({ of }) => (of.kind === 'selection' ? of.orderBy.map((key) => ({ ...key })) : null),
  release: ({ of }) => (of.kind === 'selection' ? (of.release ?? null) : null),
  rowCount: ({ of }) => (of.kind === 'selection' ? of.rowCount : null),
  removedRowCount: async (citation, _, { services }) =>
    isSelection(citation) ? citation.of.rowCount - (await services.citations.rowCountNow(citation)) : null,
  rows: async (citation, args, { services: { citations, datasets } }) =>
    isSelection(citation)
      ? pageOfReading(datasets, await citations.reading(citation), args, async () => Number(await citations.rowCountNow(citation)))
      : null,
  releases: async (citation, _, { loaders }) => (await loaders.releasesOfCitation.load(citation)).map((id) => ({ id })),
}

export const CitationChange: CitationChangeResolvers = {
  record: ({ record }, _, { domain }) => (record === undefined ? null : { srn: recordSrn(domain, record) }),
  release: ({ release }) => (release === undefined ? null : { id: release.id }),
}
