import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { postmasterFile } from './leftover.ts'

/** The address of the server that another process runs below `dir`, for commands beside a running node; undefined when it cannot be used now. */
export async function runningPostgres(dir: string): Promise<{ readonly url: string } | undefined> {
  const lines = await postmasterFile(join(resolve(dir), 'data'))
  const [port, state] = [lines[3], lines[7]]
  if (state !== 'ready' || port === undefined || !/^\d+$/.test(port)) return undefined
  const password = await readFile(join(dir, 'password'), 'utf8')
  return { url: `postgresql://strata:${password}@127.0.0.1:${port}/strata` }
}
