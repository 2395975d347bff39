import { bytesAnswer, inHeader, inPath, notFound, readable, refused, type Paths } from './parts.ts'

export const recordPaths: Paths = {
  '/records/{srn}': readable('openRecord', {
    tag: 'files',
    summary: 'A record: its metadata, files and versions, and whether it is withdrawn.',
    parameters: [
      inPath('srn', 'The name of the record; without a version, the newest.'),
      inHeader('Accept', 'A page for text/html, otherwise JSON.'),
    ],
    responses: {
      200: bytesAnswer('The record. Of a retracted one with a notice, and the header Strata-Withdrawn.', 'application/json', 'text/html'),
      401: refused,
      404: notFound,
      410: bytesAnswer('The record was removed: when, by whom and why.', 'application/json', 'text/html'),
    },
  }),
}
