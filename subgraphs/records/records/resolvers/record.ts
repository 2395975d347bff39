import { contentChanges, recordSrn, type PublishedRecord, type RecordRef } from '@strata/domain/record'
import { BadUserInput, parseSrn } from '@strata/domain/shared'
import { existing } from '../../../server/existing.ts'
import { recordNamed } from '../../../server/record-name.ts'
import type { Context } from '../../context.ts'
import type { ConventionResolvers, RecordResolvers } from '../../generated/types.ts'
import { originOf } from './record-origin.ts'
import { recordConnection } from './record-connection.ts'

export const Record: RecordResolvers = {
  __resolveReference: async ({ srn }, context) => {
    const id = await recordNamed(parseSrn(srn, 'srn'), context)
    return id === undefined ? null : context.loaders.record.load(id)
  },
  srn: (record, _, { domain }) => recordSrn(domain, record),
  convention: ({ convention }) => ({ slug: convention }),
  newest: async ({ identity }, _, { loaders }) => existing(await versionOf({ identity, version: undefined }, loaders), 'newest version'),
  versions: ({ identity }, _, { loaders }) => loaders.versionsOfRecord.load(identity),
  withdrawn: async ({ identity }, _, { loaders }) => (await loaders.withdrawal.load(identity)) ?? null,
  changesSince: async (record, { version }, { loaders }) => {
    const before = version > record.version ? undefined : await versionOf({ identity: record.identity, version }, loaders)
    if (before === undefined) {
      throw new BadUserInput(`This is version ${record.version}, so "version" is 1 to ${record.version}, not ${version}.`, 'version')
    }
    const contentOf = async (one: PublishedRecord) => ({ ...one, files: await loaders.filesOfRecord.load(one.id) })
    const changes = contentChanges(await contentOf(before), await contentOf(record))
    return changes.map(({ field, before: old, after }) => ({ field, before: old ?? null, after: after ?? null }))
  },
  forkedFrom: (record) => originOf(record) ?? null,
  forks: ({ identity }, page, { loaders, domain }) => recordConnection(loaders, page, { forkOf: { identity, domain } }),
}

export const Convention: ConventionResolvers = {
  __resolveReference: ({ slug }) => ({ slug }),
  records: ({ slug }, page, { loaders }) => recordConnection(loaders, page, { convention: slug }),
}

async function versionOf(ref: RecordRef, loaders: Context['loaders']): Promise<PublishedRecord | undefined> {
  const id = await loaders.recordId.load(ref)
  return id === undefined ? undefined : loaders.record.load(id)
}
