import { exportFormats, exportParameters, usualBudget, type ProvenanceDirection, type ProvenanceQuestion } from '@strata/domain/provenance'
import { BadUserInput, NotFound, parseAsOf } from '@strata/domain/shared'
import type { FastifyInstance } from 'fastify'
import type { CallerOf } from '../../server/mount.ts'
import { baseAddress } from '../downloads/base-address.ts'
import type { ProvenanceServices } from './services.ts'

export interface ExportRouteParts extends Pick<ProvenanceServices, 'drawClosed'> {
  readonly callerOf: CallerOf
  readonly domain: string
  readonly publicUrl: string | undefined
}

interface Asked {
  readonly direction?: string | string[]
  readonly maxNodes?: string | string[]
  readonly asOf?: string | string[]
}

/** `GET /provenance/{id}.prov.json`, `.ro-crate.json` and `.openlineage.json`, with `?direction=&maxNodes=&asOf=`. */
export function provenanceRoutes(app: FastifyInstance, { callerOf, drawClosed, domain, publicUrl }: ExportRouteParts): void {
  app.get<{ Params: { name: string }; Querystring: Asked }>(
    '/provenance/:name',
    { config: { parameters: exportParameters } },
    async (request, reply) => {
      const { headers, params, query } = request
      // Without the gateway in front nothing says how this archive is reached, and its domain is the best there is.
      const base = baseAddress(request, publicUrl) || `https://${domain}`
      await callerOf(
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined])),
      )
      const format = exportFormats.find(({ suffix }) => params.name.endsWith(suffix))
      if (format === undefined) throw unknownFormat
      const question = questionOf(params.name.slice(0, -format.suffix.length), query)
      const graph = await drawClosed(question)
      return reply.type(`${format.mediaType}; charset=utf-8`).send(JSON.stringify(format.print({ graph, question, base })))
    },
  )
}

const unknownFormat = new NotFound(
  `Provenance is exported as /provenance/<id> with one of these after it: ${exportFormats.map(({ suffix }) => suffix).join(', ')}.`,
)

function questionOf(of: string, { direction = 'BOTH', maxNodes = String(usualBudget), asOf }: Asked): ProvenanceQuestion {
  if (!isDirection(direction)) throw new BadUserInput('"direction" is UPSTREAM, DOWNSTREAM or BOTH.', 'direction')
  if (typeof maxNodes !== 'string' || !/^[0-9]{1,9}$/.test(maxNodes))
    throw new BadUserInput('"maxNodes" is a number from 1 to 1,000.', 'maxNodes')
  const moment = asOf === undefined ? undefined : parseAsOf(asOf)
  return { of, direction, maxNodes: Number(maxNodes), ...(moment === undefined ? {} : { asOf: moment }) }
}

function isDirection(text: string | string[]): text is ProvenanceDirection {
  return text === 'UPSTREAM' || text === 'DOWNSTREAM' || text === 'BOTH'
}
