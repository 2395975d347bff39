import { bytesAnswer, inHeader, inPath, inQuery, jsonAnswer, notFound, readable, refused, type Paths } from './parts.ts'

const range = inHeader('Range', 'A single range of bytes.')
const known = inHeader('If-None-Match', 'An ETag; the content is sent only if it has changed.')
const tus = inHeader('Tus-Resumable', '1.0.0', true)
const upload = inPath('id', 'The id of the upload, from its Location.')
const moved = { description: 'The content is at Location, in the object store.' }
const unchanged = { description: 'Unchanged since the given ETag.' }
const otherVersion = { description: 'The server supports only the version of tus in Tus-Version.' }
const done = { description: 'Done.' }

const sent = {
  200: bytesAnswer('The content.', 'application/octet-stream'),
  206: bytesAnswer('The requested range.', 'application/octet-stream'),
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
      summary: 'Uploads content and stores it under its digest.',
      security: [{ token: [] }],
      parameters: [
        inQuery('digest', 'Refuses content with another digest.'),
        inQuery('convention', 'Refuses files that this convention does not accept.'),
        inQuery('name', 'The name of the file.'),
      ],
      requestBody: { required: true, content: { '*/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } } },
      responses: { 201: jsonAnswer('Stored, now or earlier.', 'StoredFile'), 400: refused, 401: refused, 403: refused, 413: refused },
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
        inHeader('Upload-Length', 'The total number of bytes.', true),
        inHeader('Upload-Metadata', 'filename, filetype, convention and digest.'),
      ],
      responses: { 201: { description: 'Begun, at Location.' }, 400: refused, 401: refused, 403: refused, 412: otherVersion, 413: refused },
    },
    options: {
      operationId: 'uploadCapabilities',
      tags: ['files'],
      summary: 'The supported tus extensions and the maximum file size.',
      responses: { 204: { description: 'In the headers.' } },
    },
  },
  '/files/uploads/{id}': {
    head: {
      operationId: 'uploadProgress',
      tags: ['files'],
      summary: 'The offset of an upload.',
      security: [{ token: [] }],
      parameters: [upload, tus],
      responses: {
        200: { description: 'In Upload-Offset.' },
        401: { description: 'A token is required.' },
        404: { description: 'Not found.' },
        412: otherVersion,
      },
    },
    patch: {
      operationId: 'continueUpload',
      tags: ['files'],
      summary: 'Sends the next part.',
      security: [{ token: [] }],
      parameters: [upload, tus, inHeader('Upload-Offset', 'The offset of this part.', true)],
      requestBody: {
        required: true,
        content: { 'application/offset+octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
      },
      responses: {
        204: { description: 'Stored. With Strata-Digest, the upload is complete.' },
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
      summary: 'Ends an upload.',
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
