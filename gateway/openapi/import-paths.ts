import { bytesAnswer, inPath, inQuery, refused, type Paths } from './parts.ts'

export const importPaths: Paths = {
  '/import/{convention}': {
    post: {
      operationId: 'importRecords',
      tags: ['import'],
      summary: 'Publishes records, one per line, and answers one line for each while reading.',
      security: [{ token: [] }],
      parameters: [
        inPath('convention', 'The slug of the convention.'),
        inQuery('sourceNode', 'Where the records come from.'),
        inQuery('onChange', 'What to do with other content under a known sourceId: keep, the default, or revise.'),
        inQuery('on-change', 'The same.'),
      ],
      requestBody: {
        required: true,
        content: {
          'application/x-ndjson': { schema: { $ref: '#/components/schemas/ImportLine' } },
          'text/csv': { schema: { type: 'string' } },
        },
      },
      responses: {
        200: bytesAnswer('One line for each input line, then a last line.', 'application/x-ndjson'),
        400: refused,
        401: refused,
        403: refused,
        404: refused,
      },
    },
  },
}
