import { bytesAnswer, inHeader, inPath, inQuery, notFound, readable, refused, type Paths } from './parts.ts'

export const logPaths: Paths = {
  '/runs/{id}/log': readable('readRunLog', {
    tag: 'provenance',
    summary: 'The log of a run, or a stream of it until the run has ended.',
    parameters: [
      inPath('id', 'The id of the run.'),
      inQuery('follow', 'Whether to stream until the run has ended, as server-sent events `log` and `end`.', {
        type: 'string',
        enum: ['1', '0'],
      }),
      inHeader('Last-Event-ID', 'Continues after this event, for clients that lost the connection.'),
    ],
    responses: {
      200: bytesAnswer('The log.', 'text/plain', 'text/event-stream'),
      400: refused,
      401: refused,
      403: refused,
      404: notFound,
      503: refused,
    },
  }),
}
