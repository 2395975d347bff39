import { exportFormats } from '@strata/domain/provenance'
import { bytesAnswer, inPath, inQuery, moment, notFound, readable, refused, type Paths } from './parts.ts'

const formats = exportFormats.map(({ suffix }) => suffix.slice(1))

/** Exports of provenance graphs. */
export const provenancePaths: Paths = {
  '/provenance/{id}.{format}': readable('exportProvenance', {
    tag: 'provenance',
    summary: 'A provenance graph in a standard format.',
    parameters: [
      inPath('id', 'The id of a node of a provenance graph, percent-encoded.'),
      { name: 'format', in: 'path', required: true, description: 'The format of the graph.', schema: { type: 'string', enum: formats } },
      inQuery('direction', 'Towards causes, effects, or both.', { type: 'string', enum: ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] }),
      inQuery('maxNodes', 'The maximum number of nodes.', { type: 'integer', minimum: 1, maximum: 1_000 }),
      inQuery('asOf', `The state as of this time. ${moment}`),
    ],
    responses: { 200: bytesAnswer('The graph.', 'application/json', 'application/ld+json'), 400: refused, 401: refused, 404: notFound },
  }),
}
