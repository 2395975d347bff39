import { citationBibtex, citationCsl, citationText, citationUrl, isSelection } from '@strata/domain/dataset'
import { recordSrn } from '@strata/domain/record'
import type { CitationResolvers, MutationResolvers, QueryResolvers } from '../../generated/types.ts'
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
  convention: ({ convention }) => ({ slug: convention }),
  record: ({ of }, _, { domain }) => (of.kind === 'record' ? { srn: recordSrn(domain, of) } : null),
  table: ({ of }) => (of.kind === 'selection' ? of.table : null),
  filter: ({ of }) => (of.kind === 'selection' ? of.filter : null),
  orderBy: ({ of }) => (of.kind === 'selection' ? of.orderBy.map((key) => ({ ...key })) : null),
  release: ({ of }) => (of.kind === 'selection' ? (of.release ?? null) : null),
  rowCount: ({ of }) => (of.kind === 'selection' ? of.rowCount : null),
  rows: async (citation, args, { services }) =>
    isSelection(citation)
      ? pageOfReading(services.datasets, await services.citations.reading(citation), args, Number(citation.of.rowCount))
      : null,
  releases: async (citation, _, { loaders }) => (await loaders.releasesOfCitation.load(citation)).map((id) => ({ id })),
}
