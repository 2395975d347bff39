import type { TableRow } from '@strata/domain/dataset'
import { rowFields } from '../../datasets/resolvers/row.ts'
import type { FeatureRowResolvers } from '../../generated/types.ts'

export const FeatureRow: FeatureRowResolvers = {
  ...rowFields,
  hook: (row) => ({ name: madeOf(row).hook }),
  run: (row) => ({ id: madeOf(row).run }),
}

function madeOf({ made }: TableRow) {
  if (made === undefined) throw new Error('a row of a hook that no run made')
  return made
}
