import { Readable } from 'node:stream'
import { importParameters } from '@strata/domain/record'
import { Unavailable } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../context/gateway-context.ts'
import type { Importer } from './import-call.ts'

interface ImportRoute {
  readonly contextFor: (headers: Readonly<Record<string, string>>, address: string) => Promise<GatewayContext>
  readonly importer: Importer
}

/** `POST /import/{convention}?sourceNode=…`: lines in, lines out, of any length. docs/import.md says what they hold. */
export function importRoute(app: FastifyInstance, { contextFor, importer }: ImportRoute): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort(new Unavailable('The archive is stopping; send the import again to go on.')))
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.post<{ Params: { convention: string }; Querystring: { sourceNode?: string } }>(
      '/import/:convention',
      { config: { hasLongBody: true, gate: 'importRecords', parameters: importParameters } },
      async ({ headers, params, query, raw, id, ip }, reply) => {
        const { authorization, 'content-type': type, 'content-encoding': encoding } = headers
        const { subgraphHeaders } = await contextFor({ 'x-request-id': id, ...(authorization === undefined ? {} : { authorization }) }, ip)
        const answer = await importer({
          headers: {
            ...subgraphHeaders,
            ...(type === undefined ? {} : { 'content-type': type }),
            ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
          },
          convention: params.convention,
          sourceNode: query.sourceNode,
          body: raw,
          stop: stopping.signal,
        })
        reply.code(answer.status).type(answer.contentType)
        return reply.send(Readable.from(answer.body, { highWaterMark: 1 }))
      },
    )
  })
}
