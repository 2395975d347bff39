import type { GraphQLDataSource } from '@apollo/gateway'
import { httpDataSource, type ReportFault } from './http-data-source.ts'
import { inProcessDataSource } from './in-process-data-source.ts'
import type { InProcessSubgraph } from './in-process-subgraph.ts'

/** Where the subgraphs are: in this process, or at configured addresses. */
export type SubgraphTopology =
  | { readonly kind: 'in-process'; readonly subgraphs: readonly InProcessSubgraph[] }
  | { readonly kind: 'http'; readonly urls: Readonly<Record<string, string>> }

export function dataSources(topology: SubgraphTopology, secret: string, reportFault: ReportFault): (name: string) => GraphQLDataSource {
  return (name) => {
    if (topology.kind === 'in-process') {
      const subgraph = topology.subgraphs.find((candidate) => candidate.name === name)
      if (!subgraph) throw new Error(`The supergraph needs the subgraph "${name}", which this process does not run.`)
      return inProcessDataSource(subgraph, secret)
    }
    const url = topology.urls[name]
    if (url === undefined) throw new Error(`The supergraph needs the subgraph "${name}"; set its address in STRATA_SUBGRAPHS.`)
    return httpDataSource({ name, url, secret, reportFault })
  }
}
