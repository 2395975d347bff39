import { bytesAnswer, inHeader, inPath, inQuery, notFound, readable, refused, type Paths } from './parts.ts'

export const logPaths: Paths = {
  '/runs/{id}/log': readable('readRunLog', {
    tag: 'provenance',
    summary: 'All that a run of a hook has printed; or what it prints, until it has ended.',
    parameters: [
      inPath('id', 'Of the run.'),
      inQuery('follow', 'Whether to go on until the run has ended, as server-sent events `log` and `end`.', {
        type: 'string',
        enum: ['1', '0'],
      }),
      inHeader('Last-Event-ID', 'Continues after this event, for clients that lost the connection.'),
    ],
    responses: {
      200: bytesAnswer('What was printed.', 'text/plain', 'text/event-stream'),
      400: refused,
      401: refused,
      403: refused,
      404: notFound,
      503: refused,
    },
  }),
}
