import { downloadFormats } from '@strata/domain/dataset'
import { bytesAnswer, inHeader, inPath, notFound, readable, refused, type Paths } from './parts.ts'

const id = inPath('id', 'Of a citation, as `cite` and `citation` of the GraphQL API give it.')
const forms = ['json', 'txt', 'bib', 'csl.json', ...downloadFormats]
const printed = ['text/plain', 'application/x-bibtex', 'application/vnd.citationstyles.csl+json']

export const citationPaths: Paths = {
  '/cite/{id}': readable('openCitation', {
    tag: 'citations',
    summary: 'What somebody cited, whose results it has, and where its rows are; in another form to who accepts that.',
    parameters: [id, inHeader('Accept', 'JSON without it; also plain text, BibTeX or CSL-JSON.')],
    responses: { 200: bytesAnswer('The citation.', 'application/json', ...printed), 401: refused, 404: notFound },
  }),
  '/cite/{id}.{form}': readable('openCitationAs', {
    tag: 'citations',
    summary: 'The same in a form of your choice; of a selection, the rows themselves, as they were.',
    parameters: [
      id,
      {
        name: 'form',
        in: 'path',
        required: true,
        description: 'A way to write it down, or a format of its rows.',
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
      304: { description: 'What the caller has is still so.' },
      401: refused,
      404: notFound,
      503: refused,
    },
  }),
}
