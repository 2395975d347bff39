import {
  citationBibtex,
  citationCsl,
  citationText,
  downloadFormats,
  isSelection,
  type Citation,
  type DownloadFormat,
  type SelectionCitation,
} from '@strata/domain/dataset'
import { NotFound } from '@strata/domain/shared'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { plainHeaders } from '../../http/plain-headers.ts'
import { openToPages } from '../downloads/answer-headers.ts'
import { baseAddress } from '../downloads/base-address.ts'
import type { DownloadRouteParts } from '../downloads/services.ts'
import { sendDownload, type SettledDownload } from '../downloads/send-download.ts'
import { untilNotNeeded } from '../downloads/until-not-needed.ts'
import { chooseForm, parseCitationName } from './citation-form.ts'
import { landingOf } from './landing.ts'
import type { CitationRouteParts } from './services.ts'

/** `GET /cite/{id}`, what it names and where its rows are; with an ending as a text, for BibTeX, or the rows themselves. */
export function citeRoute(app: FastifyInstance, services: CitationRouteParts): void {
  const untilStopped = untilNotNeeded(app)
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/cite/:name',
    handler: async (request, reply) => {
      await services.callerOf(plainHeaders(request))
      const { id, form } = parseCitationName(request.params.name)
      const citation = await services.citations.open(id)
      const wanted = form ?? chooseForm(request.headers.accept)
      if (isFormat(wanted)) {
        const rows = await rowsOf(services, requireSelection(citation), wanted)
        return sendDownload({ ...services, made: forgetful }, request, reply, rows, untilStopped(reply))
      }
      reply.goodFor('until changed').headers({ vary: 'accept', ...openToPages })
      return send(services, request, reply, citation, wanted)
    },
  })
}

function isFormat(form: string): form is DownloadFormat {
  return downloadFormats.some((format) => format === form)
}

function requireSelection(citation: Citation): SelectionCitation {
  if (isSelection(citation)) return citation
  throw new NotFound(
    'Only the citation of a selection has rows of its own; this address without an ending says where the tables are.',
    'id',
  )
}

/** What is known of downloads goes by the names of tables, which may have meant others when this was cited. */
const forgetful: DownloadRouteParts['made'] = { get: () => undefined, set: () => {} }

async function rowsOf({ citations }: CitationRouteParts, citation: SelectionCitation, format: DownloadFormat): Promise<SettledDownload> {
  const reading = await citations.reading(citation)
  const { filter, orderBy } = citation.of
  return { reading, format, columns: reading.table.columns, escapesFormulas: false, asked: { filter, orderBy } }
}

async function send(
  services: CitationRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  citation: Citation,
  form: 'json' | 'text' | 'bibtex' | 'csl',
) {
  const place = { domain: services.domain, publicUrl: baseAddress(request, services.publicUrl) }
  switch (form) {
    case 'text':
      return reply.type('text/plain; charset=utf-8').send(`${citationText(citation, place)}\n`)
    case 'bibtex':
      return reply.type('application/x-bibtex; charset=utf-8').send(citationBibtex(citation, place))
    case 'csl':
      return reply.type('application/vnd.citationstyles.csl+json; charset=utf-8').send(`${JSON.stringify(citationCsl(citation, place))}\n`)
    case 'json':
      return reply
        .type('application/json; charset=utf-8')
        .send(`${JSON.stringify(await landingOf(services, citation, place), undefined, 2)}\n`)
  }
}
