import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defaultQuery } from './default-query.ts'
import { splitPage } from './split-page.ts'

/** A file as it is sent: compressed once, and named after its content. */
export interface ExplorerFile {
  readonly type: string
  readonly etag: string
  readonly gzip: Buffer
  readonly brotli: Buffer
}

export interface Explorer {
  readonly page: ExplorerFile
  /** The files that the page loads, by address. */
  readonly assets: ReadonlyMap<string, ExplorerFile>
}

export const assetFolder = '/graphql/explorer'

/**
 * GraphiQL, without external resources. It has 9 MB, so it is read and compressed on the first request, and only the compressed
 * forms are kept.
 */
export async function renderExplorer(): Promise<Explorer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({ title: 'Strata', endpoint: '/graphql', defaultQuery, shouldPersistHeaders: false })
  const { page, assets } = splitPage(html, (name, content) => `${assetFolder}/${hashOf(content)}-${name}`)
  const files = await Promise.all(assets.map(async ({ address, content }) => [address, await compress(content, typeOf(address))] as const))
  return { page: await compress(page, 'text/html; charset=utf-8'), assets: new Map(files) }
}

async function compress(text: string, type: string): Promise<ExplorerFile> {
  const bytes = Buffer.from(text)
  // A higher quality saves little here and takes many seconds.
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
  const [zipped, brotli] = await Promise.all([promisify(gzip)(bytes), promisify(brotliCompress)(bytes, options)])
  return { type, etag: `"${hashOf(text)}"`, gzip: zipped, brotli }
}

function typeOf(address: string): string {
  return address.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
