import type { ConventionQueries, DeployInput, DeployResult } from '@strata/domain/convention'
import type { DepositionQueries } from '@strata/domain/deposition'
import type { Citation, DatasetQueries, Reading, ReadingInput, SelectionCitation, TableRow } from '@strata/domain/dataset'
import type { AuditQueries, Caller, CreateTokenInput, IssuedToken, Principal, TokenQueries } from '@strata/domain/identity'
import type {
  BlastRadii,
  BlastRadiusOf,
  DiffInput,
  MadeRowId,
  ProvenanceGraph,
  ProvenanceQuestion,
  ReleaseDiff,
  ReleaseOfRecord,
  RowExplanation,
  Touched,
} from '@strata/domain/provenance'
import type { FileQueries, ImportInput, ImportResult, PublishInput, PublishResult, RecordQueries } from '@strata/domain/record'
import type {
  CreateReleaseInput,
  CreateReleaseResult,
  HookRelease,
  RegistryQueries,
  SetLiveInput,
  SetLiveResult,
  SetReleaseStateInput,
} from '@strata/domain/registry'
import type {
  BackfillInput,
  BackfillQueries,
  BackfillResult,
  ReproduceInput,
  ReproductionQueries,
  RunQueueEntry,
  RunViews,
} from '@strata/domain/run'
import type { VerificationReports } from '@strata/domain/verification'
import type { DepositServices } from '../records/depositions/services.ts'

/** Use cases, each run in one transaction, and queries. */
export interface Services {
  readonly deploy: (input: DeployInput, caller: Caller) => Promise<DeployResult>
  readonly removeConvention: (slug: string) => Promise<boolean>
  readonly createRelease: (input: CreateReleaseInput, actor: string) => Promise<CreateReleaseResult>
  readonly setLive: (input: SetLiveInput, actor: string) => Promise<SetLiveResult>
  readonly setReleaseState: (input: SetReleaseStateInput, actor: string) => Promise<HookRelease>
  readonly publishRecords: (input: PublishInput, actor: string) => Promise<readonly PublishResult[]>
  readonly createToken: (input: CreateTokenInput, actor: string) => Promise<IssuedToken>
  readonly revokeToken: (id: string, actor: string) => Promise<true>
  readonly tokens: TokenQueries
  readonly audit: AuditQueries
  readonly verifications: VerificationReports
  /** Many transactions: one for each chunk. */
  readonly importRecords: (input: ImportInput, actor: string) => AsyncGenerator<readonly ImportResult[], void>
  readonly runQueue: (first: number) => Promise<readonly RunQueueEntry[]>
  readonly cancelRun: (input: { id: string }, actor: string) => Promise<void>
  /** Returns the id of the new run. */
  readonly retryRun: (input: { id: string }, actor: string) => Promise<string>
  readonly backfill: (input: BackfillInput, actor: string) => Promise<BackfillResult>
  readonly cancelBackfill: (input: { id: string }, actor: string) => Promise<void>
  readonly resumeBackfill: (input: { id: string }, actor: string) => Promise<void>
  readonly backfills: BackfillQueries
  /** Returns the id of the new run. */
  readonly reproduce: (input: ReproduceInput, actor: string) => Promise<string>
  readonly reproductions: ReproductionQueries
  readonly conventions: ConventionQueries
  readonly registry: RegistryQueries
  readonly records: RecordQueries
  readonly files: FileQueries
  /** What this caller may see of runs, including their texts and logs. */
  readonly runsFor: (principal: Principal) => RunViews
  readonly datasets: DatasetQueries
  readonly explainRow: (input: { readonly row: string; readonly asOf: Date | undefined }) => Promise<RowExplanation>
  readonly supersededRows: (id: MadeRowId, by: readonly ReleaseOfRecord[], limit: number) => Promise<readonly TableRow[]>
  readonly findTouched: (of: BlastRadiusOf) => Promise<Touched>
  readonly blastRadii: BlastRadii
  readonly diffReleases: (input: DiffInput) => Promise<ReleaseDiff>
  readonly citations: CitationServices
  readonly provenance: (question: ProvenanceQuestion) => Promise<ProvenanceGraph>
  readonly deposit: DepositServices
  readonly depositions: DepositionQueries
}

export interface CitationServices {
  readonly cite: (convention: string, input: ReadingInput, actor: string) => Promise<SelectionCitation>
  readonly open: (id: string) => Promise<Citation>
  readonly reading: (citation: SelectionCitation) => Promise<Reading & { readonly asOf: Date }>
  /** Since when each dataset is what it is now. */
  readonly momentsOf: (conventions: readonly string[]) => Promise<readonly Date[]>
  readonly releasesOf: (citations: readonly Citation[]) => Promise<readonly (readonly string[])[]>
}
