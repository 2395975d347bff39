import { Readable } from 'node:stream'
import { importParameters } from '@strata/domain/record'
import { BadUserInput, Unavailable } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { CallerOf } from '../../server/mount.ts'
import { importCall, type ImportOptions } from './import-call.ts'

interface ImportRoute extends ImportOptions {
  readonly callerOf: CallerOf
}

/** `POST /import/{convention}?sourceNode=…&onChange=…`: lines in, lines out, of any length. docs/import.md says what they hold. */
export function importRoute(app: FastifyInstance, { callerOf, ...options }: ImportRoute): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort(new Unavailable('The archive is stopping; send the import again to go on.')))
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
    scope.post<{ Params: { convention: string }; Querystring: { sourceNode?: string; onChange?: string; 'on-change'?: string } }>(
      '/import/:convention',
      { config: { hasLongBody: true, gate: 'importRecords', parameters: importParameters } },
      async (request, reply) => {
        const { params, query, raw } = request
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
        )
        const call = {
          headers,
          convention: params.convention,
          sourceNode: query.sourceNode,
          onChange: onChangeOf(query),
          body: raw,
          stop: stopping.signal,
        }
        const lines = await importCall(call, await callerOf(headers), options)
        return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines, { highWaterMark: 1 }))
      },
    )
  })
}

/** The parameter has two spellings. With both, one of them would be ignored. */
function onChangeOf({ onChange, 'on-change': dashed }: { readonly onChange?: string; readonly 'on-change'?: string }): string | undefined {
  if (onChange !== undefined && dashed !== undefined) {
    throw new BadUserInput('"onChange" and "on-change" are the same parameter; give one of them.', 'on-change')
  }
  return onChange ?? dashed
}
