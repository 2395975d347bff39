import {
  citationBibtex,
  citationCsl,
  citationText,
  citationUrl,
  datasetCitationId,
  isSelection,
  recordCitationId,
  type Citation as CitationModel,
} from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import { recordSrn } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import type { SubgraphContext } from '../../../server/context.ts'
import { existing } from '../../../server/existing.ts'
import type { CitationResolvers, MutationResolvers, QueryResolvers } from '../../generated/types.ts'
import { pageOfReading } from '../../datasets/resolvers/rows.ts'

export const citationQuery: Pick<QueryResolvers, 'citation'> = {
  citation: (_, { id }, { services }) => services.citations.open(id),
}

export const citationMutation: Pick<MutationResolvers, 'cite'> = {
  cite: (_, { convention, ...input }, { services, actor }) => services.citations.cite(convention, input, actor),
}

export async function citeDataset(slug: Slug, { loaders }: SubgraphContext): Promise<CitationModel> {
  const asOf = await loaders.momentOfDataset.load(slug)
  return { id: datasetCitationId(slug, asOf), convention: slug, title: await titleOf(slug, loaders), asOf, of: { kind: 'dataset' } }
}

export async function citeRecord(id: RecordId, { loaders, domain }: SubgraphContext): Promise<CitationModel> {
  const { convention, publishedAt } = existing(await loaders.record.load(id), 'record')
  const moment = await loaders.momentOfDataset.load(convention)
  const asOf = moment < publishedAt ? publishedAt : moment
  return {
    id: recordCitationId(id, asOf, domain),
    convention,
    title: await titleOf(convention, loaders),
    asOf,
    of: { kind: 'record', record: id },
  }
}

async function titleOf(slug: string, loaders: SubgraphContext['loaders']): Promise<string> {
  return existing(await loaders.convention.load(slug), 'convention').title
}

export const Citation: CitationResolvers = {
  text: (citation, _, context) => citationText(citation, context),
  bibtex: (citation, _, context) => citationBibtex(citation, context),
  cslJson: (citation, _, context) => citationCsl(citation, context),
  url: (citation, _, context) => citationUrl(citation, context),
  convention: ({ convention }) => ({ slug: convention }),
  record: ({ of }, _, { domain }) => (of.kind === 'record' ? { srn: recordSrn(domain, of.record) } : null),
  table: ({ of }) => (of.kind === 'selection' ? of.table : null),
  filter: ({ of }) => (of.kind === 'selection' ? of.filter : null),
  orderBy: ({ of }) => (of.kind === 'selection' ? of.orderBy.map((key) => ({ ...key })) : null),
  release: ({ of }) => (of.kind === 'selection' ? (of.release ?? null) : null),
  rowCount: ({ of }) => (of.kind === 'selection' ? of.rowCount : null),
  rows: async (citation, args, { services }) =>
    isSelection(citation) ? pageOfReading(services, await services.citations.reading(citation), args, Number(citation.of.rowCount)) : null,
  releases: async (citation, _, { loaders }) => (await loaders.releasesOfCitation.load(citation)).map((id) => ({ id })),
}
