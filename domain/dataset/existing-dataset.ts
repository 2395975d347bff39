import { didYouMean, NotFound } from '@strata/domain/shared'
import type { DatasetQueries } from './dataset-queries.ts'
import type { Dataset } from './dataset.ts'
import type { ReadableDataset } from './reading/readable.ts'

/** Undefined when there is no such dataset. */
export async function findDataset(datasets: Pick<DatasetQueries, 'dataset'>, name: string): Promise<Dataset | undefined> {
  return isName(name) ? datasets.dataset(name) : undefined
}

/** Refuses an unknown name with a suggestion. */
export async function existingDataset(datasets: Pick<DatasetQueries, 'dataset' | 'names'>, name: string): Promise<Dataset> {
  const found = await findDataset(datasets, name)
  if (found === undefined) throw await noDataset(datasets, name)
  return found
}

/** The same for a dataset that is to be queried. */
export async function existingReadable(datasets: Pick<DatasetQueries, 'readable' | 'names'>, name: string): Promise<ReadableDataset> {
  const found = isName(name) ? await datasets.readable(name) : undefined
  if (found === undefined) throw await noDataset(datasets, name)
  return found
}

/** Names are not secret: an archive is private or public as a whole, and a caller who may query one dataset may list them all. */
async function noDataset({ names }: Pick<DatasetQueries, 'names'>, name: string): Promise<NotFound> {
  return new NotFound(`There is no dataset "${name.slice(0, 80).toWellFormed()}".${didYouMean(name, await names())}`, 'convention')
}

/** Whether PostgreSQL accepts the text as a parameter. */
function isName(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
