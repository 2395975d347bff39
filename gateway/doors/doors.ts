import { downloadParameters } from '@strata/domain/dataset'
import { exportParameters } from '@strata/domain/provenance'
import { importParameters, uploadParameters, uploadSessionParameters } from '@strata/domain/record'
import { logParameters } from '@strata/domain/run'
import { citationPaths } from '../openapi/citation-paths.ts'
import { dataPaths } from '../openapi/data-paths.ts'
import { filePaths } from '../openapi/file-paths.ts'
import { importPaths } from '../openapi/import-paths.ts'
import { logPaths } from '../openapi/log-paths.ts'
import { provenancePaths } from '../openapi/provenance-paths.ts'
import { recordPaths } from '../openapi/record-paths.ts'
import type { Door, DoorRoute } from './door.ts'

const reading = (url: string, parameters: readonly string[] = []): DoorRoute => ({ url, method: ['GET', 'HEAD'], parameters })

/**
 * All routes of subgraphs besides GraphQL. In one process, the subgraphs mount these routes on the gateway; with separate services, the
 * gateway forwards only these routes. A new door needs two edits: its routes in the subgraph's `mount`, and its entry here.
 */
export const doors: readonly Door[] = [
  {
    service: 'records',
    purpose: 'files',
    routes: [
      { url: '/files', method: ['PUT'], parameters: uploadParameters },
      { url: '/files/uploads', method: ['POST', 'OPTIONS'], parameters: uploadSessionParameters },
      { url: '/files/uploads/:id', method: ['HEAD', 'PATCH', 'DELETE'], parameters: uploadSessionParameters },
      reading('/files/:digest'),
      reading('/records/:srn'),
      reading('/records/:srn/files/:name'),
    ],
    apology: 'Files cannot be served at the moment; try again in a moment.',
    body: { gate: 'uploadFile', isAnsweredMeanwhile: false },
    atStop: 'interrupt',
    described: { ...filePaths, ...recordPaths },
  },
  {
    service: 'records',
    purpose: 'import',
    routes: [{ url: '/import/:convention', method: ['POST'], parameters: importParameters }],
    apology: 'The import service of this archive is not available right now; send the import again to continue.',
    body: { gate: 'importRecords', isAnsweredMeanwhile: true },
    atStop: 'interrupt',
    described: importPaths,
  },
  {
    service: 'registry',
    purpose: 'logs',
    routes: [{ url: '/runs/:id/log', method: ['GET'], parameters: logParameters }],
    apology: 'Logs cannot be served at the moment; try again in a moment.',
    atStop: 'interrupt',
    described: logPaths,
  },
  {
    service: 'data',
    purpose: 'data',
    routes: [
      reading('/data/:convention/:file', downloadParameters),
      reading('/cite/:name'),
      reading('/llms.txt'),
      reading('/provenance/:name', exportParameters),
    ],
    apology: 'Data cannot be downloaded at the moment; try again in a moment.',
    atStop: 'break off',
    described: { ...dataPaths, ...citationPaths, ...provenancePaths },
  },
]
