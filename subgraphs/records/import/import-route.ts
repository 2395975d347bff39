import { Readable } from 'node:stream'
import { importParameters } from '@strata/domain/record'
import { Unavailable } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { ImportCall } from './import-call.ts'

/** Serves imports to the gateway, which hands on what it was sent. */
export function importRoute(app: FastifyInstance, importRecords: (call: ImportCall) => Promise<AsyncIterable<string>>): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort(new Unavailable('The archive is stopping; send the import again to go on.')))
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.post<{ Params: { convention: string }; Querystring: { sourceNode?: string } }>(
      '/import/:convention',
      { config: { hasLongBody: true, gate: 'importRecords', parameters: importParameters } },
      async (request, reply) => {
        const { headers, params, query, raw } = request
        const lines = await importRecords({
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
          convention: params.convention,
          sourceNode: query.sourceNode,
          body: raw,
          stop: stopping.signal,
        })
        return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines, { highWaterMark: 1 }))
      },
    )
  })
}
