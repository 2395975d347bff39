import { downloadParameters, existingReadable, parseDownload, parseDownloadName } from '@strata/domain/dataset'
import type { FastifyInstance } from 'fastify'
import { plainHeaders } from '../../http/plain-headers.ts'
import type { DownloadRouteParts } from './services.ts'
import { descriptions, sendDescription, sendList } from './describe-dataset.ts'
import { sendDownload, type SettledDownload } from './send-download.ts'
import { sendManifest } from './send-manifest.ts'
import { untilNotNeeded } from './until-not-needed.ts'

type Params = { Params: { convention: string; file: string }; Querystring: Readonly<Record<string, unknown>> }

/** Below `/data/{convention}/`, to GET and HEAD: `{table}.{format}` and its `….meta.json`, `croissant.json`, `llms.txt`. And `/llms.txt`. */
export function dataRoutes(app: FastifyInstance, services: DownloadRouteParts): void {
  const untilStopped = untilNotNeeded(app)
  app.route<Params>({
    method: ['GET', 'HEAD'],
    url: '/data/:convention/:file',
    config: { parameters: ({ params }) => (isDescription(params) ? [] : downloadParameters) },
    handler: async (request, reply) => {
      await services.callerOf(plainHeaders(request))
      const { convention, file } = request.params
      const description = descriptions.find((one) => one === file)
      if (description !== undefined) return sendDescription(services, request, reply, { convention, as: description })
      const name = parseDownloadName(file)
      const download = parseDownload(await existingReadable(services.datasets, convention), name, request.query)
      const settled: SettledDownload = { ...download, reading: await services.downloads.settle(download.reading) }
      const stop = untilStopped(reply)
      return name.isManifest ? sendManifest(services, request, reply, settled, stop) : sendDownload(services, request, reply, settled, stop)
    },
  })

  app.route({
    method: ['GET', 'HEAD'],
    url: '/llms.txt',
    handler: async (request, reply) => {
      await services.callerOf(plainHeaders(request))
      return sendList(services, request, reply)
    },
  })
}

function isDescription(params: unknown): boolean {
  return typeof params === 'object' && params !== null && 'file' in params && descriptions.some((one) => one === params.file)
}
