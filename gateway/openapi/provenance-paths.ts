import { exportFormats } from '@strata/domain/provenance'
import { bytesAnswer, inPath, inQuery, moment, notFound, readable, refused, type Paths } from './parts.ts'

const formats = exportFormats.map(({ suffix }) => suffix.slice(1))

/** Graphs that say where values come from. */
export const provenancePaths: Paths = {
  '/provenance/{id}.{format}': readable('exportProvenance', {
    tag: 'provenance',
    summary: 'Where something came from and what came of it, in a format that other programs read.',
    parameters: [
      inPath('id', 'The id of a node of a provenance graph, percent-encoded.'),
      { name: 'format', in: 'path', required: true, description: 'Of the graph.', schema: { type: 'string', enum: formats } },
      inQuery('direction', 'Towards causes, effects, or both.', { type: 'string', enum: ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] }),
      inQuery('maxNodes', 'How many nodes are drawn at most.', { type: 'integer', minimum: 1, maximum: 1_000 }),
      inQuery('asOf', `What was there at that time. ${moment}`),
    ],
    responses: { 200: bytesAnswer('The graph.', 'application/json', 'application/ld+json'), 400: refused, 401: refused, 404: notFound },
  }),
}
