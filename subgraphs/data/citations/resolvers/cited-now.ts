import { datasetCitationId, recordCitationId, type Citation } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import { existing } from '../../../server/existing.ts'
import { recordNamed } from '../../../server/record-name.ts'
import type { Context } from '../../context.ts'
import type { DatasetResolvers, RecordResolvers } from '../../generated/types.ts'

// Datasets and records can be cited as they are now.

export const Dataset: DatasetResolvers = {
  citation: ({ convention }, _, context) => citeDataset(convention, context),
}

export const Record: RecordResolvers = {
  citation: async ({ srn }, _, context) => {
    const id = await recordNamed(srn, context)
    if (id === undefined) throw new Error(`${srn} is not a record of this archive`)
    return citeRecord(id, context)
  },
}

async function citeDataset(slug: Slug, { loaders }: Context): Promise<Citation> {
  const asOf = await loaders.momentOfDataset.load(slug)
  return { id: datasetCitationId(slug, asOf), convention: slug, title: await titleOf(slug, loaders), asOf, of: { kind: 'dataset' } }
}

async function citeRecord(id: RecordId, { loaders, domain }: Context): Promise<Citation> {
  const record = existing(await loaders.record.load(id), 'record')
  const { convention, publishedAt, identity, version } = record
  const moment = await loaders.momentOfDataset.load(convention)
  const asOf = moment < publishedAt ? publishedAt : moment
  return {
    id: recordCitationId(record, asOf, domain),
    convention,
    title: await titleOf(convention, loaders),
    asOf,
    of: { kind: 'record', record: id, identity, version },
  }
}

async function titleOf(slug: string, loaders: Context['loaders']): Promise<string> {
  return existing(await loaders.convention.load(slug), 'convention').title
}
