import { didYouMean, NotFound } from '@strata/domain/shared'
import type { DatasetQueries } from './dataset-queries.ts'
import type { Dataset } from './dataset.ts'
import type { ReadableDataset } from './reading/readable.ts'

/** A look-up: undefined when there is no such dataset. */
export async function findDataset(datasets: Pick<DatasetQueries, 'dataset'>, name: string): Promise<Dataset | undefined> {
  return isName(name) ? datasets.dataset(name) : undefined
}

/** A dataset, or a refusal that names the one that was probably meant. */
export async function existingDataset(datasets: Pick<DatasetQueries, 'dataset' | 'names'>, name: string): Promise<Dataset> {
  const found = await findDataset(datasets, name)
  if (found === undefined) throw await noDataset(datasets, name)
  return found
}

/** The same, to ask it questions. */
export async function existingReadable(datasets: Pick<DatasetQueries, 'readable' | 'names'>, name: string): Promise<ReadableDataset> {
  const found = isName(name) ? await datasets.readable(name) : undefined
  if (found === undefined) throw await noDataset(datasets, name)
  return found
}

/** An archive is private or public as a whole: who gets to ask for one dataset may list them all, so no name is a secret here. */
async function noDataset({ names }: Pick<DatasetQueries, 'names'>, name: string): Promise<NotFound> {
  return new NotFound(`There is no dataset "${name.slice(0, 80).toWellFormed()}".${didYouMean(name, await names())}`, 'convention')
}

/** What PostgreSQL could be asked for. */
function isName(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
