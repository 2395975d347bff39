import type { DatasetResolvers } from '../generated/types.ts'
import { citeDataset } from './citation.ts'

export const Dataset: DatasetResolvers = {
  convention: ({ convention }) => ({ slug: convention }),
  citation: ({ convention }, _, context) => citeDataset(convention, context),
}
