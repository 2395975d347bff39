import { Unavailable } from '@strata/domain/shared'
import type { SubgraphTopology } from '../federation/data-sources.ts'
import { withSecret } from '../onward/with-secret.ts'
import type { Importer } from './import-call.ts'
import { importOverHttp, type ReportFault } from './import-over-http.ts'

/** The way to the records subgraph: a call in this process, or a request that streams both ways. */
export function importerOf(topology: SubgraphTopology, secret: string, reportFault: ReportFault): Importer {
  if (topology.kind === 'http') {
    const { records } = topology.urls
    return records === undefined ? nowhere : importOverHttp(records, secret, reportFault)
  }
  const importRecords = topology.subgraphs.find((subgraph) => subgraph.importRecords !== undefined)?.importRecords
  if (importRecords === undefined) return nowhere
  return async (call) => ({ status: 200, contentType: 'application/x-ndjson; charset=utf-8', body: await importRecords({ ...call, headers: withSecret(call.headers, secret) }) })
}

const nowhere: Importer = async () => {
  throw new Unavailable('This archive has no part that takes imports.')
}
