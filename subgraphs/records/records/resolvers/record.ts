import { fileAddress, recordIdOf, recordSrn } from '@strata/domain/record'
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
  files: async ({ id }, _, { loaders, domain, publicUrl }) => {
    const srn = recordSrn(domain, id)
    return (await loaders.filesOfRecord.load(id)).map((file) => ({
      ...file,
      size: BigInt(file.size),
      url: fileAddress(srn, file.name, publicUrl),
    }))
  },
}

export const Convention: ConventionResolvers = {
  __resolveReference: ({ slug }) => ({ slug }),
  records: ({ slug }, page, { loaders }) => recordConnection(loaders, page, { convention: slug }),
}
