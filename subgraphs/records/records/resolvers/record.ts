import { recordIdOf, recordSrn } from '@strata/domain/record'
import { parseSrn } from '@strata/domain/shared'
import type { ConventionResolvers, RecordResolvers } from '../../generated/types.ts'
import { recordConnection } from './record-connection.ts'

export const Record: RecordResolvers = {
  __resolveReference: ({ srn }, { loaders, domain }) => {
    const id = recordIdOf(parseSrn(srn, 'srn'), domain)
    return id === undefined ? null : loaders.record.load(id)
  },
  srn: ({ id }, _, { domain }) => recordSrn(domain, id),
  convention: ({ convention }) => ({ slug: convention }),
}

export const Convention: ConventionResolvers = {
  __resolveReference: ({ slug }) => ({ slug }),
  records: ({ slug }, page, { loaders }) => recordConnection(loaders, page, { convention: slug }),
}
