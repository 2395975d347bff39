import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defaultQuery } from './default-query.ts'

export interface ExplorerPage {
  readonly etag: string
  readonly gzip: Buffer
  readonly brotli: Buffer
}

/**
 * GraphiQL as one page that loads nothing from elsewhere. It weighs 9 MB, so it is read and compressed only when somebody
 * first asks for it, and only the compressed forms are kept.
 */
export async function renderExplorerPage(): Promise<ExplorerPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = Buffer.from(renderGraphiQL({ title: 'Strata', endpoint: '/graphql', defaultQuery, shouldPersistHeaders: false }))
  // A higher quality saves little here and takes many seconds.
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: html.length } }
  const [zipped, brotli] = await Promise.all([promisify(gzip)(html), promisify(brotliCompress)(html, options)])
  return { etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`, gzip: zipped, brotli }
}
