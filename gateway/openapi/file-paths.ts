import { bytesAnswer, inHeader, inPath, inQuery, jsonAnswer, notFound, readable, refused, type Paths } from './parts.ts'

const range = inHeader('Range', 'A single range of bytes.')
const known = inHeader('If-None-Match', 'The ETag of what the caller has.')
const tus = inHeader('Tus-Resumable', '1.0.0', true)
const upload = inPath('id', 'Of the upload, from its Location.')
const moved = { description: 'The store itself has it, at Location.' }
const unchanged = { description: 'What the caller has is still so.' }
const otherVersion = { description: 'Another version of tus is spoken here, the one in Tus-Version.' }
const done = { description: 'Done.' }

const sent = {
  200: bytesAnswer('The content.', 'application/octet-stream'),
  206: bytesAnswer('The part asked for.', 'application/octet-stream'),
  302: moved,
  304: unchanged,
  401: refused,
  404: notFound,
  416: refused,
}

export const filePaths: Paths = {
  '/files': {
    put: {
      operationId: 'uploadFile',
      tags: ['files'],
      summary: 'Uploads content, kept under its digest.',
      security: [{ token: [] }],
      parameters: [
        inQuery('digest', 'Refuses content that is not this.'),
        inQuery('convention', 'Refuses what this convention would not take.'),
        inQuery('name', 'What the file will be called.'),
      ],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } } },
      responses: { 201: jsonAnswer('Kept, now or before.', 'StoredFile'), 400: refused, 401: refused, 403: refused, 413: refused },
    },
  },
  '/files/uploads': {
    post: {
      operationId: 'beginUpload',
      tags: ['files'],
      summary: 'Begins a resumable upload (tus 1.0).',
      security: [{ token: [] }],
      parameters: [
        tus,
        inHeader('Upload-Length', 'How many bytes there will be.', true),
        inHeader('Upload-Metadata', 'filename, filetype, convention and digest.'),
      ],
      responses: { 201: { description: 'Begun, at Location.' }, 400: refused, 401: refused, 403: refused, 412: otherVersion, 413: refused },
    },
    options: {
      operationId: 'uploadCapabilities',
      tags: ['files'],
      summary: 'What of tus is spoken here, and how large a file may be.',
      responses: { 204: { description: 'In the headers.' } },
    },
  },
  '/files/uploads/{id}': {
    head: {
      operationId: 'uploadProgress',
      tags: ['files'],
      summary: 'How far an upload has come.',
      security: [{ token: [] }],
      parameters: [upload, tus],
      responses: {
        200: { description: 'In Upload-Offset.' },
        401: { description: 'Not without a token.' },
        404: { description: 'There is none.' },
        412: otherVersion,
      },
    },
    patch: {
      operationId: 'continueUpload',
      tags: ['files'],
      summary: 'Sends the next part.',
      security: [{ token: [] }],
      parameters: [upload, tus, inHeader('Upload-Offset', 'Where the part begins.', true)],
      requestBody: {
        required: true,
        content: { 'application/offset+octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
      },
      responses: {
        204: { description: 'Kept; with Strata-Digest, it was the last part.' },
        400: refused,
        401: refused,
        404: notFound,
        409: refused,
        412: otherVersion,
      },
    },
    delete: {
      operationId: 'endUpload',
      tags: ['files'],
      summary: 'Gives an upload up.',
      security: [{ token: [] }],
      parameters: [upload, tus],
      responses: { 204: done, 401: refused, 404: notFound },
    },
  },
  '/files/{digest}': readable('downloadFile', {
    tag: 'files',
    summary: 'A file by its digest.',
    parameters: [inPath('digest', 'sha256:…'), range, known],
    responses: sent,
  }),
  '/records/{srn}/files/{name}': readable('downloadFileOfRecord', {
    tag: 'files',
    summary: 'A file of a record by its name.',
    parameters: [inPath('srn', 'The name of the record.'), inPath('name', 'The name of the file.'), range, known],
    responses: { ...sent, 410: jsonAnswer('The record was removed, and its files with it.') },
  }),
}
