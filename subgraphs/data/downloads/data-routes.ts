import { parseDownload, parseDownloadName, type ReadableDataset } from '@strata/domain/dataset'
import { NotFound } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import { plainHeaders } from '../../http/plain-headers.ts'
import type { DataServices } from './data-services.ts'
import { sendDownload, type SettledDownload } from './send-download.ts'
import { sendManifest } from './send-manifest.ts'

type Params = { Params: { convention: string; file: string }; Querystring: Readonly<Record<string, unknown>> }

/** `GET /data/{convention}/{table}.{format}` and `….meta.json`, with HEAD. */
export function dataRoutes(app: FastifyInstance, services: DataServices): void {
  app.route<Params>({
    method: ['GET', 'HEAD'],
    url: '/data/:convention/:file',
    handler: async (request, reply) => {
      await services.callerOf(plainHeaders(request))
      const name = parseDownloadName(request.params.file)
      const download = parseDownload(await datasetOf(services, request.params.convention), name, request.query)
      const settled: SettledDownload = { ...download, reading: await services.downloads.settle(download.reading) }
      return name.isManifest ? sendManifest(services, request, reply, settled) : sendDownload(services, request, reply, settled)
    },
  })
}

async function datasetOf({ datasets }: DataServices, convention: string): Promise<ReadableDataset> {
  const dataset = convention.includes('\0') ? undefined : await datasets.readable(convention)
  if (dataset !== undefined) return dataset
  throw new NotFound(`There is no dataset "${convention.slice(0, 80).toWellFormed()}".`, 'convention')
}
