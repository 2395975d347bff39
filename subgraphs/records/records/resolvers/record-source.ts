import type { RecordSourceType as DomainType } from '@strata/domain/record'
import type {
  DepositionSourceResolvers,
  ForkSourceResolvers,
  HarvestSourceResolvers,
  ImportSourceResolvers,
  RecordSourceResolvers,
  RecordSourceType,
} from '../../generated/types.ts'
import { parseSrn } from '@strata/domain/shared'

export const sourceTypes: { readonly [Type in RecordSourceType]: DomainType } = {
  DEPOSITION: 'deposition',
  HARVEST: 'harvest',
  FORK: 'fork',
  IMPORT: 'import',
}

const typeNames = {
  deposition: 'DepositionSource',
  harvest: 'HarvestSource',
  fork: 'ForkSource',
  import: 'ImportSource',
} as const

export const RecordSource: RecordSourceResolvers = { __resolveType: (source) => typeNames[source.type] }
export const DepositionSource: DepositionSourceResolvers = { type: () => 'DEPOSITION' }
export const HarvestSource: HarvestSourceResolvers = { type: () => 'HARVEST', harvestRun: ({ harvestRun }) => parseSrn(harvestRun) }
export const ForkSource: ForkSourceResolvers = { type: () => 'FORK' }
export const ImportSource: ImportSourceResolvers = { type: () => 'IMPORT' }
