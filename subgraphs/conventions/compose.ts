import { deployConvention, inspectDeploy, removeConvention, type DeployPorts } from '@strata/domain/convention'
import { actorOf, reachOf } from '@strata/domain/identity'
import type { Config } from '@strata/infrastructure/environment'
import * as postgres from '@strata/infrastructure/postgres'
import { inspectModule } from '@strata/infrastructure/runner'
import type { ComposedSubgraph } from '../server/composed-subgraph.ts'
import { archiveResolvers } from './archive/resolvers.ts'
import { createLoaders, type ConventionsServices } from './context.ts'
import { conventionResolvers } from './conventions/resolvers/index.ts'
import { deployResolvers } from './deploys/resolvers.ts'
import type { DeployServices } from './deploys/services.ts'
import { schemaResolvers } from './schemas/resolvers.ts'

export interface ConventionsParts {
  readonly config: Config
  readonly database: postgres.Database
}

export function composeConventions(parts: ConventionsParts): ComposedSubgraph<ConventionsServices> {
  const { database } = parts
  const queries = postgres.conventionQueries(database)
  const services: ConventionsServices = {
    conventions: {
      ...queries,
      remove: (slug) => postgres.transaction(database, (tx) => removeConvention(postgres.conventionRepository(tx), slug)),
    },
    schemas: queries,
    deploys: deployServices(parts),
  }
  return {
    name: 'conventions',
    resolvers: [archiveResolvers, conventionResolvers, schemaResolvers, deployResolvers],
    services,
    loadersFor: () => createLoaders(services),
    parts: [postgres.databasePart('database', database)],
  }
}

function deployServices({ config, database }: ConventionsParts): DeployServices {
  const inspection = { module: inspectModule, registries: config.registries }
  return {
    deploy: async (input, caller) => {
      const unfit = inspectDeploy(inspection, input)
      const actor = actorOf(caller)
      return postgres.transaction(database, (tx) =>
        deployConvention(deployPorts(tx, actor), input, actor, reachOf(caller, 'deploy'), unfit),
      )
    },
  }
}

/** All ports of a deploy, in this transaction. */
export function deployPorts(tx: postgres.Transaction, actor: string): DeployPorts {
  return {
    conventions: postgres.conventionRepository(tx),
    schemas: postgres.schemaRepository(tx),
    featureTables: postgres.featureTables(tx),
    metadataTables: postgres.metadataTables(tx),
    hooks: postgres.hookRepository(tx),
    modules: postgres.moduleStore(tx),
    outbox: postgres.outbox(tx, actor),
  }
}
