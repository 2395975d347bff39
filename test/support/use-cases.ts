import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeployInput } from '@strata/domain/convention'
import type { CreateDepositionInput, DepositionId } from '@strata/domain/deposition'
import type { Caller, GatedUseCase } from '@strata/domain/identity'
import type { PublishInput } from '@strata/domain/record'
import type { CreateReleaseInput, SetLiveInput, SetReleaseStateInput } from '@strata/domain/registry'
import type { BackfillInput } from '@strata/domain/run'
import { loadConfig, type Config } from '@strata/infrastructure/environment'
import { withinChange, type Database } from '@strata/infrastructure/postgres'
import { openStorage } from '@strata/infrastructure/storage'
import { createLogger } from '@strata/infrastructure/telemetry'
import { composeConventions } from '../../subgraphs/conventions/compose.ts'
import { composeRecords } from '../../subgraphs/records/compose.ts'
import { composeRegistry } from '../../subgraphs/registry/compose.ts'
import { perform } from '../../subgraphs/server/perform.ts'

/** What people do in an archive, composed as the subgraphs compose it: each call passes its gate and is in the audit log. */
export function useCasesOn(database: Database, config: Config = configOf(database)) {
  const parts = { config, database, log: createLogger({ level: 'silent', format: 'json' }, 'test'), storage: openStorage(config), sign }
  const { services: conventions } = composeConventions(parts)
  const { services: registry } = composeRegistry(parts)
  const { services: records } = composeRecords(parts)
  const admin = (subject: string): Caller => ({ kind: 'USER', subject, roles: ['ADMIN'], scopes: [] })

  function as(who: string | Caller) {
    const principal = typeof who === 'string' ? admin(who) : who
    const done = <T>(
      useCase: GatedUseCase,
      args: Readonly<Record<string, unknown>>,
      work: (by: { readonly caller: Caller; readonly actor: string }) => Promise<T>,
    ) => perform({ principal, withinChange }, useCase, args, work)
    return {
      deploy: (input: DeployInput) => done('deploy', { input }, ({ caller }) => conventions.deploys.deploy(input, caller)),
      removeConvention: (slug: string) => done('removeConvention', { slug }, () => conventions.conventions.remove(slug)),
      createRelease: (input: CreateReleaseInput) => done('createRelease', { input }, ({ actor }) => registry.releases.create(input, actor)),
      setLive: (input: SetLiveInput) => done('setLive', { input }, ({ actor }) => registry.releases.setLive(input, actor)),
      setReleaseState: (input: SetReleaseStateInput) =>
        done('setReleaseState', { input }, ({ actor }) => registry.releases.setState(input, actor)),
      cancelRun: (id: string) => done('cancelRun', { id }, ({ actor }) => registry.runs.cancel({ id }, actor)),
      retryRun: (id: string) => done('retryRun', { id }, ({ actor }) => registry.runs.retry({ id }, actor)),
      backfill: (input: BackfillInput) => done('backfill', { input }, ({ actor }) => registry.backfills.start(input, actor)),
      cancelBackfill: (id: string) => done('cancelBackfill', { id }, ({ actor }) => registry.backfills.cancel({ id }, actor)),
      resumeBackfill: (id: string) => done('resumeBackfill', { id }, () => registry.backfills.resume({ id })),
      reproduce: (run: string, sample?: number) =>
        done('reproduce', { run, sample }, ({ actor }) => registry.reproductions.reproduce({ run, sample }, actor)),
      publish: (input: PublishInput) => done('publishRecords', { input }, ({ actor }) => records.records.publish(input, actor)),
      createDeposition: (input: CreateDepositionInput) =>
        done('createDeposition', { input }, ({ caller }) => records.depositions.create(input, caller)),
      submitDeposition: (id: DepositionId) => done('submitDeposition', { id }, ({ caller }) => records.depositions.submit({ id }, caller)),
      withdrawDeposition: (id: DepositionId) =>
        done('withdrawDeposition', { id }, ({ caller }) => records.depositions.withdraw({ id }, caller)),
      approveDeposition: (id: DepositionId) =>
        done('reviewDeposition', { id }, ({ caller }) => records.depositions.review({ id, decision: 'APPROVE' }, caller)),
    }
  }
  return { as, conventions, registry, records }
}

/** Nothing is stored in the directory: records that these calls publish have no files. */
function configOf({ url }: Database): Config {
  return loadConfig({ DATABASE_URL: url, STRATA_DATA_DIR: join(tmpdir(), 'strata-without-files') })
}

async function sign(): Promise<never> {
  throw new Error('These use cases make no tokens.')
}
