import type { DatasetResolvers } from '../generated/types.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
}
