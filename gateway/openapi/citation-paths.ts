import { downloadFormats } from '@strata/domain/dataset'
import { bytesAnswer, inHeader, inPath, notFound, readable, refused, type Paths } from './parts.ts'

const id = inPath('id', 'The id of a citation, from `cite` or `citation` in the GraphQL API.')
const forms = ['json', 'txt', 'bib', 'csl.json', ...downloadFormats]
const printed = ['text/plain', 'application/x-bibtex', 'application/vnd.citationstyles.csl+json']

export const citationPaths: Paths = {
  '/cite/{id}': readable('openCitation', {
    tag: 'citations',
    summary: 'A citation with its releases and links to its rows; in another form, depending on Accept.',
    parameters: [id, inHeader('Accept', 'JSON by default; also plain text, BibTeX or CSL-JSON.')],
    responses: { 200: bytesAnswer('The citation.', 'application/json', ...printed), 401: refused, 404: notFound },
  }),
  '/cite/{id}.{form}': readable('openCitationAs', {
    tag: 'citations',
    summary: 'A citation in the given form, or the cited rows of a selection.',
    parameters: [
      id,
      {
        name: 'form',
        in: 'path',
        required: true,
        description: 'The form of the citation, or the format of its rows.',
        schema: { type: 'string', enum: forms },
      },
    ],
    responses: {
      200: bytesAnswer(
        'The citation, or its rows.',
        'application/json',
        ...printed,
        'text/csv',
        'application/gzip',
        'application/x-ndjson',
        'application/vnd.apache.parquet',
      ),
      304: { description: 'Unchanged since the given ETag.' },
      401: refused,
      404: notFound,
      503: refused,
    },
  }),
}
