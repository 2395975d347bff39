import type { AuditEvent, Token } from '@strata/domain/identity'
import type {
  CreateReleaseResult,
  FeatureSpec,
  Hook,
  HookRelease,
  ModuleRuntime,
  OciRuntime,
  PointerEvent,
  RuntimeConfig,
  SetLiveResult,
  TableFeature,
  VocabularyFeature,
} from '@strata/domain/registry'
import type { AttemptView, Backfill, Difference, ReasonCount, Reproduction, RunQueueEntry, RunResult, RunView } from '@strata/domain/run'
import type { Srn } from '@strata/domain/shared'
import type { Connection } from '../server/connection.ts'

/** What each type is in a resolver's hands before GraphQL asks for its fields. */
export type HookModel = Hook
export type CreateReleasePayloadModel = CreateReleaseResult
export type SetLivePayloadModel = SetLiveResult
export type HookReleaseModel = HookRelease
export type PointerEventModel = PointerEvent
export type RuntimeConfigModel = RuntimeConfig
export type OciRuntimeModel = OciRuntime
export type ModuleRuntimeModel = ModuleRuntime
export type FeatureSpecModel = FeatureSpec
export type TableFeatureModel = TableFeature
export type VocabularyFeatureModel = VocabularyFeature
export type TokenModel = Token
export type AuditEventModel = AuditEvent
export type TokenConnectionModel = Connection<Token>
export type AuditEventConnectionModel = Connection<AuditEvent>
export type HookRunModel = RunView
export type RunAttemptModel = AttemptView
export type RunQueueEntryModel = RunQueueEntry
export type RunResultModel = RunResult
export type RunResultConnectionModel = Connection<RunResult>
export type ReasonCountModel = ReasonCount
export type HookRunConnectionModel = Connection<RunView>
export type HookConnectionModel = Connection<Hook>
export type HookReleaseConnectionModel = Connection<HookRelease>
export type PointerEventConnectionModel = Connection<PointerEvent>
export type BackfillModel = Backfill
export type BackfillConnectionModel = Connection<Backfill>
export type ReproductionModel = Reproduction
export type ReproductionDifferenceModel = Difference
export type ReproductionConnectionModel = Connection<Reproduction>
export type RecordModel = { readonly srn: Srn }
