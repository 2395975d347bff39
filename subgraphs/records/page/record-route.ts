import { recordRefOf, type FileQueries, type RecordNames, type RecordQueries } from '@strata/domain/record'
import { NotFound, parseSrn, type Srn } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import { plainHeaders } from '../../http/plain-headers.ts'
import { existing } from '../../server/existing.ts'
import type { CallerOf } from '../../server/mount.ts'
import { recordDocument, type ShownRecord } from './record-document.ts'
import { recordPage, recordPagePolicy } from './record-page.ts'

export interface RecordRouteParts {
  readonly callerOf: CallerOf
  readonly domain: string
  readonly publicUrl: string | undefined
  readonly names: RecordNames
  readonly records: Pick<RecordQueries, 'records' | 'versionsOf' | 'withdrawalsOf'>
  readonly files: Pick<FileQueries, 'filesOf'>
}

/** `GET /records/{srn}`: a page for people, JSON for programs. 410 when the record was removed. */
export function recordRoute(app: FastifyInstance, parts: RecordRouteParts): void {
  app.route<{ Params: { srn: string } }>({
    method: ['GET', 'HEAD'],
    url: '/records/:srn',
    handler: async (request, reply) => {
      await parts.callerOf(plainHeaders(request))
      const shown = await recordAt(parseSrn(request.params.srn, 'srn'), parts)
      const { withdrawn } = shown
      // A withdrawal changes what the address says, so caches ask each time.
      reply.goodFor('until changed').header('vary', 'accept')
      if (withdrawn !== undefined) reply.header('strata-withdrawn', withdrawn.kind.toLowerCase())
      reply.code(withdrawn?.kind === 'REMOVED' ? 410 : 200)
      if (prefersPages(request.headers.accept))
        return reply
          .header('content-security-policy', recordPagePolicy)
          .type('text/html; charset=utf-8')
          .send(recordPage(shown, parts.domain))
      return reply.type('application/json; charset=utf-8').send(`${JSON.stringify(recordDocument(shown, parts), undefined, 2)}\n`)
    },
  })
}

async function recordAt(srn: Srn, { names, records, files, domain }: RecordRouteParts): Promise<ShownRecord> {
  const ref = recordRefOf(srn, domain)
  const [id] = ref === undefined ? [] : await names.idsOf([ref])
  if (ref === undefined || id === undefined) throw new NotFound(`There is no record ${srn} in this archive.`, 'srn')
  const [[record], [versions = []], [withdrawn], [own = []]] = await Promise.all([
    records.records([id]),
    records.versionsOf([ref.identity]),
    records.withdrawalsOf([ref.identity]),
    files.filesOf([id]),
  ])
  return { record: existing(record, 'record'), versions, withdrawn, files: own }
}

function prefersPages(accept: string | undefined): boolean {
  return accept !== undefined && accept.toLowerCase().includes('text/html')
}
