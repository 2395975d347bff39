// @ts-nocheck Generated from the schema.graphql files of this subgraph; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { HookModel, CreateReleasePayloadModel, SetLivePayloadModel, HookReleaseModel, PointerEventModel, RuntimeConfigModel, OciRuntimeModel, ModuleRuntimeModel, FeatureSpecModel, TableFeatureModel, VocabularyFeatureModel, TokenModel, AuditEventModel, TokenConnectionModel, AuditEventConnectionModel, HookRunModel, RunAttemptModel, RunQueueEntryModel, RunResultModel, RunResultConnectionModel, ReasonCountModel, HookRunConnectionModel, HookConnectionModel, HookReleaseConnectionModel, PointerEventConnectionModel, BackfillModel, BackfillConnectionModel, ReproductionModel, ReproductionDifferenceModel, ReproductionConnectionModel, RecordModel } from '../mappers.ts';
import type { Context, MutationContext } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 8601 with a time zone, like 2026-01-31T12:00:00Z. `asOf` also takes a date: it means the end of that day in UTC, or now if the day has not ended. */
  DateTime: { input: Date; output: Date; }
  JSON: { input: import("@strata/domain/shared").Json; output: import("@strata/domain/shared").Json; }
  BigInt: { input: bigint; output: bigint; }
  /** sha256:<64 hex> */
  Digest: { input: import("@strata/domain/shared").Digest; output: import("@strata/domain/shared").Digest; }
  /** urn:osa:{domain}:{type}:{id}[@version] */
  SRN: { input: import("@strata/domain/shared").Srn; output: import("@strata/domain/shared").Srn; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  readonly backfill?: Maybe<Backfill>;
  /** Newest first. */
  readonly backfills: BackfillConnection;
  readonly hook?: Maybe<Hook>;
  /** Ordered by name. */
  readonly hooks: HookConnection;
  /** Who the caller is and what they may do. */
  readonly viewer: Viewer;
  /** ADMIN. The tokens that this archive has issued, newest first, without the tokens themselves. */
  readonly tokens: TokenConnection;
  /** ADMIN. Every state-changing call, newest first. Append-only. `actor` and `operation` must match exactly. */
  readonly auditLog: AuditEventConnection;
  readonly release?: Maybe<HookRelease>;
  readonly run?: Maybe<HookRun>;
  /** Newest first. */
  readonly runs: HookRunConnection;
  /** ADMIN. The waiting and running runs by convention and hook. The one that has waited longest comes first. */
  readonly runQueue: ReadonlyArray<RunQueueEntry>;
  /**
   * ADMIN. The report of the last finished `npm start -- verify`: `finishedAt`, `sample`, `findingCount`, `counts` by kind, the first
   * `findings` of each kind with what to do, and `checks`. `underWay` is the partial report of a verification that is still running.
   * Null before the first verification.
   */
  readonly lastVerification?: Maybe<Scalars['JSON']['output']>;
};


export type QueryBackfillArgs = {
  id: Scalars['ID']['input'];
};


export type QueryBackfillsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  hook?: InputMaybe<Scalars['String']['input']>;
};


export type QueryHookArgs = {
  name: Scalars['String']['input'];
};


export type QueryHooksArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryTokensArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAuditLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
  operation?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReleaseArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<HookRunStatus>;
  hook?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRunQueueArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** hooks:write or ADMIN. Computes stale, missing or errored records with the live release or another one. */
  readonly backfill: BackfillPayload;
  /** hooks:write or ADMIN. Stops planning, ends its waiting runs and stops its running ones. Computed results stay. */
  readonly cancelBackfill: Backfill;
  /** hooks:write or ADMIN. Resumes a cancelled backfill with all records that are not fresh now. */
  readonly resumeBackfill: Backfill;
  /** ADMIN. Shows the token once. Only without STRATA_PUBLIC_URL; otherwise docs/identity.md describes the command. */
  readonly createToken: CreateTokenPayload;
  /** ADMIN. The token stops working everywhere within five seconds. Revoking it again changes nothing. */
  readonly revokeToken: Scalars['Boolean']['output'];
  /** hooks:write or ADMIN. Creates a release, or returns the existing one for the same artifact. It becomes live unless `promote` is false or it was live before. */
  readonly createRelease: CreateReleasePayload;
  /** hooks:write or ADMIN. Makes any ACTIVE release live, also an earlier one. */
  readonly setLive: SetLivePayload;
  /** hooks:write or ADMIN. Deprecated and yanked releases stay readable; a yanked one can never become live. */
  readonly setReleaseState: SetReleaseStatePayload;
  /** hooks:write or ADMIN. Runs the same release on the same input again and stores how the two runs compare. */
  readonly reproduce: HookRun;
  /** hooks:write or ADMIN. Ends a waiting run at once; a running one is stopped within seconds. */
  readonly cancelRun: HookRun;
  /** hooks:write or ADMIN. Starts a new run of the same release over the same records, for a FAILED, ERROR or CANCELLED run. */
  readonly retryRun: HookRun;
};


export type MutationBackfillArgs = {
  input: BackfillInput;
};


export type MutationCancelBackfillArgs = {
  id: Scalars['ID']['input'];
};


export type MutationResumeBackfillArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateTokenArgs = {
  input: CreateTokenInput;
};


export type MutationRevokeTokenArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateReleaseArgs = {
  input: CreateReleaseInput;
};


export type MutationSetLiveArgs = {
  input: SetLiveInput;
};


export type MutationSetReleaseStateArgs = {
  input: SetReleaseStateInput;
};


export type MutationReproduceArgs = {
  run: Scalars['ID']['input'];
  sample?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationCancelRunArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRetryRunArgs = {
  id: Scalars['ID']['input'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** A request to compute a hook's results for the records that were published when it was requested or resumed. */
export type Backfill = {
  readonly __typename?: 'Backfill';
  readonly id: Scalars['ID']['output'];
  readonly hook: Hook;
  readonly release: HookRelease;
  /** Slugs. */
  readonly conventions: ReadonlyArray<Scalars['String']['output']>;
  readonly only: ReadonlyArray<OutcomeStatus>;
  readonly stale: Scalars['Boolean']['output'];
  readonly limit?: Maybe<Scalars['Int']['output']>;
  readonly status: BackfillStatus;
  /** Why it was cancelled, or how many records were not computed. */
  readonly statusReason?: Maybe<Scalars['String']['output']>;
  readonly progress: BackfillProgress;
  /** Newest first, including runs that retry errors of its other runs. */
  readonly runs: HookRunConnection;
  readonly actor: Scalars['String']['output'];
  readonly askedAt: Scalars['DateTime']['output'];
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
};


/** A request to compute a hook's results for the records that were published when it was requested or resumed. */
export type BackfillRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<HookRunStatus>;
};

export type BackfillStatus =
  | 'RUNNING'
  | 'FINISHED'
  | 'CANCELLED'
  /** It has ended without computing any of its records. */
  | 'FAILED';

/** Counted in records. */
export type BackfillProgress = {
  readonly __typename?: 'BackfillProgress';
  /** How many to compute, as counted when it was requested or resumed. */
  readonly expected: Scalars['BigInt']['output'];
  /** Put into batches so far. */
  readonly planned: Scalars['BigInt']['output'];
  readonly done: Scalars['BigInt']['output'];
  /** Not computed yet, as far as known. */
  readonly remaining: Scalars['BigInt']['output'];
  /** Ended as an error or without a result. */
  readonly failed: Scalars['BigInt']['output'];
};

export type BackfillConnection = {
  readonly __typename?: 'BackfillConnection';
  readonly edges: ReadonlyArray<BackfillEdge>;
  readonly nodes: ReadonlyArray<Backfill>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type BackfillEdge = {
  readonly __typename?: 'BackfillEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Backfill;
};

export type BackfillInput = {
  readonly hook: Scalars['String']['input'];
  /** One convention that uses the hook. Default: all of them. */
  readonly convention?: InputMaybe<Scalars['String']['input']>;
  /** The live release by default. Any version that is not yanked is allowed, so that a release can be tried before it becomes live. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** The effective statuses of the records to compute. Default: every record that is not fresh. Records that the release itself computed without an error are never recomputed. */
  readonly only?: InputMaybe<ReadonlyArray<OutcomeStatus>>;
  /** False excludes records that another release has computed. */
  readonly stale: Scalars['Boolean']['input'];
  /** The maximum number of records, in the order of their ids. */
  readonly limit?: InputMaybe<Scalars['Int']['input']>;
  /** Report how many records would be computed, without changing anything. */
  readonly dryRun: Scalars['Boolean']['input'];
};

export type BackfillPayload = {
  readonly __typename?: 'BackfillPayload';
  /** Null on a dry run, and when every record is fresh. */
  readonly backfill?: Maybe<Backfill>;
  readonly recordCount: Scalars['BigInt']['output'];
  readonly batchCount: Scalars['Int']['output'];
  /** The runs created so far. The others are created as these end. */
  readonly runs: ReadonlyArray<HookRun>;
};

/** A stable identity with a fixed output contract. Code changes; the contract does not. */
export type Hook = {
  readonly __typename?: 'Hook';
  readonly name: Scalars['String']['output'];
  /** What it produces. Fixed for the life of the hook. */
  readonly feature: FeatureSpec;
  readonly createdAt: Scalars['DateTime']['output'];
  /** The release that new runs use. Null until the first release is made live. */
  readonly live?: Maybe<HookRelease>;
  /** Newest first. */
  readonly releases: HookReleaseConnection;
  readonly release?: Maybe<HookRelease>;
  /** Every move of the live pointer, newest first. Append-only. */
  readonly pointerLog: PointerEventConnection;
  /** Newest first. */
  readonly runs: HookRunConnection;
};


/** A stable identity with a fixed output contract. Code changes; the contract does not. */
export type HookReleasesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A stable identity with a fixed output contract. Code changes; the contract does not. */
export type HookReleaseArgs = {
  version: Scalars['Int']['input'];
};


/** A stable identity with a fixed output contract. Code changes; the contract does not. */
export type HookPointerLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A stable identity with a fixed output contract. Code changes; the contract does not. */
export type HookRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<HookRunStatus>;
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** What a hook produces, discriminated by `kind`. More kinds may be added. */
export type FeatureSpec = {
  readonly kind: Scalars['String']['output'];
};

export type TableFeature = FeatureSpec & {
  readonly __typename?: 'TableFeature';
  readonly kind: Scalars['String']['output'];
  readonly cardinality: FeatureCardinality;
  readonly columns: ReadonlyArray<FeatureColumn>;
};

/** Classifies free text into a controlled vocabulary. Its output becomes mappings of the vocabulary with the source `CLASSIFIER`. */
export type VocabularyFeature = FeatureSpec & {
  readonly __typename?: 'VocabularyFeature';
  readonly kind: Scalars['String']['output'];
  readonly vocabulary: Scalars['String']['output'];
  readonly field: Scalars['String']['output'];
};

export type FeatureCardinality =
  | 'ONE'
  | 'MANY';

export type FeatureColumn = {
  readonly __typename?: 'FeatureColumn';
  readonly name: Scalars['String']['output'];
  readonly type: ColumnType;
  readonly required: Scalars['Boolean']['output'];
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly unit?: Maybe<Scalars['String']['output']>;
};

export type ColumnType =
  | 'TEXT'
  | 'NUMBER'
  | 'INTEGER'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME'
  | 'UUID'
  | 'JSON';

export type HookConnection = {
  readonly __typename?: 'HookConnection';
  readonly edges: ReadonlyArray<HookEdge>;
  readonly nodes: ReadonlyArray<Hook>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type HookEdge = {
  readonly __typename?: 'HookEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Hook;
};

export type Viewer = {
  readonly __typename?: 'Viewer';
  readonly kind: ViewerKind;
  readonly subject?: Maybe<Scalars['String']['output']>;
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

export type ViewerKind =
  | 'ANONYMOUS'
  | 'USER'
  | 'MACHINE';

export type Token = {
  readonly __typename?: 'Token';
  readonly id: Scalars['ID']['output'];
  readonly subject: Scalars['String']['output'];
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
  readonly createdBy: Scalars['String']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly revokedBy?: Maybe<Scalars['String']['output']>;
};

export type TokenConnection = {
  readonly __typename?: 'TokenConnection';
  readonly edges: ReadonlyArray<TokenEdge>;
  readonly nodes: ReadonlyArray<Token>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type TokenEdge = {
  readonly __typename?: 'TokenEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Token;
};

/** One state-changing call, written in the same transaction as its changes. */
export type AuditEvent = {
  readonly __typename?: 'AuditEvent';
  readonly id: Scalars['ID']['output'];
  readonly at: Scalars['DateTime']['output'];
  /** As `user:<subject>` or `machine:<issuer>#<subject>`. */
  readonly actor: Scalars['String']['output'];
  readonly kind: ActorKind;
  /** The mutation, the HTTP route, or the command on the archive's machine. */
  readonly operation: Scalars['String']['output'];
  /** What the call changed, each as `kind:name`. */
  readonly targets: ReadonlyArray<Scalars['String']['output']>;
  /** The caller's network address, as the gateway saw it. */
  readonly address?: Maybe<Scalars['String']['output']>;
  readonly requestId?: Maybe<Scalars['String']['output']>;
  /** The events that the call caused. Never a secret. */
  readonly details: Scalars['JSON']['output'];
};

export type ActorKind =
  | 'USER'
  | 'MACHINE'
  /** The archive itself, or a command on its machine. */
  | 'SYSTEM';

export type AuditEventConnection = {
  readonly __typename?: 'AuditEventConnection';
  readonly edges: ReadonlyArray<AuditEventEdge>;
  readonly nodes: ReadonlyArray<AuditEvent>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type AuditEventEdge = {
  readonly __typename?: 'AuditEventEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: AuditEvent;
};

/** Roles are DEPOSITOR, CURATOR, ADMIN; scopes like `hooks:write`, or `hooks:write:find_pockets` for one name only. */
export type CreateTokenInput = {
  /** The name that the token's changes are attributed to. */
  readonly subject: Scalars['String']['input'];
  readonly roles: ReadonlyArray<Scalars['String']['input']>;
  readonly scopes: ReadonlyArray<Scalars['String']['input']>;
  /** 1 to 365. */
  readonly expiresInDays: Scalars['Int']['input'];
};

export type CreateTokenPayload = {
  readonly __typename?: 'CreateTokenPayload';
  /** Revoke the token with this id. */
  readonly id: Scalars['ID']['output'];
  readonly token: Scalars['String']['output'];
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** How a hook runs, discriminated by `type`. More runtimes may be added. */
export type RuntimeConfig = {
  readonly type: Scalars['String']['output'];
  readonly digest: Scalars['Digest']['output'];
  readonly config: Scalars['JSON']['output'];
  readonly limits: RuntimeLimits;
};

export type OciRuntime = RuntimeConfig & {
  readonly __typename?: 'OciRuntime';
  readonly type: Scalars['String']['output'];
  readonly image: Scalars['String']['output'];
  readonly digest: Scalars['Digest']['output'];
  readonly config: Scalars['JSON']['output'];
  readonly limits: RuntimeLimits;
};

/** A self-contained ECMAScript module, stored by its digest and run in a locked-down process. It needs no container engine. */
export type ModuleRuntime = RuntimeConfig & {
  readonly __typename?: 'ModuleRuntime';
  readonly type: Scalars['String']['output'];
  readonly digest: Scalars['Digest']['output'];
  readonly config: Scalars['JSON']['output'];
  readonly limits: RuntimeLimits;
};

export type RuntimeLimits = {
  readonly __typename?: 'RuntimeLimits';
  readonly timeoutSeconds: Scalars['Int']['output'];
  readonly memory: Scalars['String']['output'];
  readonly cpu: Scalars['String']['output'];
};

/** Immutable. Versions are 1, 2, 3 … per hook, without gaps. The same digest, config and limits are always the same release. */
export type HookRelease = {
  readonly __typename?: 'HookRelease';
  readonly id: Scalars['ID']['output'];
  readonly hook: Hook;
  readonly version: Scalars['Int']['output'];
  readonly runtime: RuntimeConfig;
  /** The source ref that it was created with. */
  readonly sourceRef: Scalars['String']['output'];
  /** All source refs that the same artifact was submitted with, in order of submission. */
  readonly sourceRefs: ReadonlyArray<Scalars['String']['output']>;
  readonly builtBy?: Maybe<Scalars['String']['output']>;
  readonly builtAt: Scalars['DateTime']['output'];
  readonly isLive: Scalars['Boolean']['output'];
  readonly state: ReleaseState;
  readonly stateReason?: Maybe<Scalars['String']['output']>;
  /** Runs whose results are stored. This and the next two counts exclude reproductions. */
  readonly runCount: Scalars['Int']['output'];
  readonly recordCount: Scalars['Int']['output'];
  readonly rowCount: Scalars['BigInt']['output'];
};


/** Immutable. Versions are 1, 2, 3 … per hook, without gaps. The same digest, config and limits are always the same release. */
export type HookReleaseSourceRefsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ReleaseState =
  | 'ACTIVE'
  | 'DEPRECATED'
  | 'YANKED';

export type PointerEvent = {
  readonly __typename?: 'PointerEvent';
  readonly id: Scalars['ID']['output'];
  readonly hook: Hook;
  readonly from?: Maybe<HookRelease>;
  readonly to: HookRelease;
  readonly actor: Scalars['String']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly at: Scalars['DateTime']['output'];
};

export type HookReleaseConnection = {
  readonly __typename?: 'HookReleaseConnection';
  readonly edges: ReadonlyArray<HookReleaseEdge>;
  readonly nodes: ReadonlyArray<HookRelease>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type HookReleaseEdge = {
  readonly __typename?: 'HookReleaseEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: HookRelease;
};

export type PointerEventConnection = {
  readonly __typename?: 'PointerEventConnection';
  readonly edges: ReadonlyArray<PointerEventEdge>;
  readonly nodes: ReadonlyArray<PointerEvent>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type PointerEventEdge = {
  readonly __typename?: 'PointerEventEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: PointerEvent;
};

export type CreateReleaseInput = {
  readonly hook: Scalars['String']['input'];
  readonly release: ReleaseInput;
  /** False stages the release: it is created without becoming live. */
  readonly promote: Scalars['Boolean']['input'];
  /** Allow a release that was rolled back to become live again. Without it, the call fails with CONFLICT. */
  readonly overrideRollback: Scalars['Boolean']['input'];
};

export type CreateReleasePayload = {
  readonly __typename?: 'CreateReleasePayload';
  readonly release: HookRelease;
  readonly hook: Hook;
  readonly created: Scalars['Boolean']['output'];
  readonly madeLive: Scalars['Boolean']['output'];
  /** True when the artifact was known under another source ref. The release keeps both refs. */
  readonly sourceRefAdded: Scalars['Boolean']['output'];
  /** Records of the conventions that use the hook whose rows come from a release that is not live. The rows stay readable; `backfill` recomputes them. */
  readonly staleRecords: Scalars['BigInt']['output'];
  /** Records of the conventions that use the hook for which no release has an effective result, until a run or `backfill` computes one. */
  readonly missingRecords: Scalars['BigInt']['output'];
};

/** With `expectedVersion`, fails with STALE_LIVE_POINTER unless that version is live. */
export type SetLiveInput = {
  readonly hook: Scalars['String']['input'];
  readonly version: Scalars['Int']['input'];
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

export type SetLivePayload = {
  readonly __typename?: 'SetLivePayload';
  readonly hook: Hook;
  readonly previous?: Maybe<HookRelease>;
  /** Null when the version was already live. */
  readonly event?: Maybe<PointerEvent>;
  /** Records of the conventions that use the hook whose rows come from a release that is not live. The rows stay readable; `backfill` recomputes them. */
  readonly staleRecords: Scalars['BigInt']['output'];
  /** Records of the conventions that use the hook for which no release has an effective result, until a run or `backfill` computes one. */
  readonly missingRecords: Scalars['BigInt']['output'];
};

export type SetReleaseStateInput = {
  readonly hook: Scalars['String']['input'];
  readonly version: Scalars['Int']['input'];
  readonly state: ReleaseState;
  readonly reason: Scalars['String']['input'];
};

export type SetReleaseStatePayload = {
  readonly __typename?: 'SetReleaseStatePayload';
  readonly release: HookRelease;
};

export type ReleaseInput = {
  readonly runtime: RuntimeInput;
  /** Where the code is: a commit or a DOI. Stored as given. Refs that move are refused: main, master, trunk, develop, HEAD, latest, tip, TODO. */
  readonly sourceRef: Scalars['String']['input'];
};

export type RuntimeInput = {
  readonly oci?: InputMaybe<OciRuntimeInput>;
  readonly module?: InputMaybe<ModuleRuntimeInput>;
};

export type OciRuntimeInput = {
  readonly image: Scalars['String']['input'];
  readonly digest: Scalars['Digest']['input'];
  readonly config?: InputMaybe<Scalars['JSON']['input']>;
  readonly limits?: InputMaybe<RuntimeLimitsInput>;
};

/** `source` is the module's text, stored under its digest. `digest` alone names a text that is already stored. */
export type ModuleRuntimeInput = {
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly digest?: InputMaybe<Scalars['Digest']['input']>;
  readonly config?: InputMaybe<Scalars['JSON']['input']>;
  readonly limits?: InputMaybe<RuntimeLimitsInput>;
};

export type RuntimeLimitsInput = {
  readonly timeoutSeconds: Scalars['Int']['input'];
  readonly memory: Scalars['String']['input'];
  readonly cpu: Scalars['String']['input'];
};

/** A reproduction of a run, and how the two compare. */
export type Reproduction = {
  readonly __typename?: 'Reproduction';
  /** The run that reproduced it. */
  readonly run: HookRun;
  /** Null until the run has ended. It stays null if that run was cancelled or the machinery failed. */
  readonly verdict?: Maybe<ReproductionVerdict>;
  /** How many records were reproduced, if not all. */
  readonly sample?: Maybe<Scalars['Int']['output']>;
  /** Two numbers are equal when they differ by at most this fraction of the larger one. */
  readonly tolerance?: Maybe<Scalars['Float']['output']>;
  readonly recordsCompared?: Maybe<Scalars['Int']['output']>;
  /** Of those, records whose rows the original run did not store because another run had computed them first. Only their outcomes are compared. */
  readonly recordsWithoutRows?: Maybe<Scalars['Int']['output']>;
  readonly outcomesDiffering?: Maybe<Scalars['Int']['output']>;
  readonly rowsIdentical?: Maybe<Scalars['BigInt']['output']>;
  readonly rowsTolerated?: Maybe<Scalars['BigInt']['output']>;
  readonly rowsDiverged?: Maybe<Scalars['BigInt']['output']>;
  /** A few examples of each kind of difference. */
  readonly examples: ReadonlyArray<ReproductionDifference>;
  readonly at?: Maybe<Scalars['DateTime']['output']>;
};

export type ReproductionVerdict =
  /** The same outcomes and rows, bit for bit. */
  | 'IDENTICAL'
  /** The same except for numbers that differ within the tolerance. */
  | 'WITHIN_TOLERANCE'
  | 'DIVERGED'
  /** The input differs from that of the original run, so nothing was compared. */
  | 'INPUT_DIFFERS';

export type ReproductionDifference = {
  readonly __typename?: 'ReproductionDifference';
  readonly kind: DifferenceKind;
  readonly record: Record;
  /** For a row: its position among the record's rows. */
  readonly ordinal?: Maybe<Scalars['Int']['output']>;
  /** Null when there was no such row. */
  readonly before?: Maybe<Scalars['JSON']['output']>;
  readonly after?: Maybe<Scalars['JSON']['output']>;
};

export type DifferenceKind =
  | 'OUTCOME'
  | 'ROW';

export type ReproductionConnection = {
  readonly __typename?: 'ReproductionConnection';
  readonly edges: ReadonlyArray<ReproductionEdge>;
  readonly nodes: ReadonlyArray<Reproduction>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type ReproductionEdge = {
  readonly __typename?: 'ReproductionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Reproduction;
};

/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRun = {
  readonly __typename?: 'HookRun';
  readonly id: Scalars['ID']['output'];
  readonly hook: Hook;
  readonly release: HookRelease;
  readonly status: HookRunStatus;
  /** In order. A bisected batch stays one run; its parts are attempts. */
  readonly attempts: ReadonlyArray<RunAttempt>;
  readonly oomRetries: Scalars['Int']['output'];
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly durationSeconds?: Maybe<Scalars['Float']['output']>;
  readonly recordCount: Scalars['Int']['output'];
  readonly passedCount: Scalars['Int']['output'];
  readonly emptyCount: Scalars['Int']['output'];
  readonly rejectedCount: Scalars['Int']['output'];
  readonly erroredCount: Scalars['Int']['output'];
  readonly rowCount: Scalars['BigInt']['output'];
  /** SHA-256 of the canonical input of the hook and of its accepted output. */
  readonly inputDigest?: Maybe<Scalars['Digest']['output']>;
  readonly outputDigest?: Maybe<Scalars['Digest']['output']>;
  /** The run.json as written beside the output. */
  readonly runJson?: Maybe<Scalars['JSON']['output']>;
  readonly failure?: Maybe<RunFailure>;
  readonly actor: Scalars['String']['output'];
  /** The outcome for each of its records, in the order of the batch, filtered by `status`. */
  readonly results: RunResultConnection;
  /** Reasons of rejections and errors, the most frequent first. */
  readonly reasons: ReadonlyArray<ReasonCount>;
  /** The last lines that the hook printed, also while it runs. */
  readonly log?: Maybe<Scalars['String']['output']>;
  /** The run that this one reproduces. A reproduction is compared with it and stored only as counts, without rows. */
  readonly reproduces?: Maybe<HookRun>;
  /** Newest first. */
  readonly reproductions: ReproductionConnection;
};


/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRunAttemptsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRunResultsArgs = {
  status?: InputMaybe<OutcomeStatus>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRunReasonsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRunLogArgs = {
  tailLines?: InputMaybe<Scalars['Int']['input']>;
};


/** One execution of one release over one batch of records. Append-only; every feature row points at its run. */
export type HookRunReproductionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of a run for one record, effective or not. MISSING means that the run stored no outcome: it has not ended, or the machinery failed. */
export type RunResult = {
  readonly __typename?: 'RunResult';
  /** Null while it is not published. */
  readonly record?: Maybe<Record>;
  readonly status: OutcomeStatus;
  /** Set for REJECTED and ERRORED. For MISSING, it says what ended the run. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly rowCount: Scalars['Int']['output'];
};

export type RunResultConnection = {
  readonly __typename?: 'RunResultConnection';
  readonly edges: ReadonlyArray<RunResultEdge>;
  readonly nodes: ReadonlyArray<RunResult>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type RunResultEdge = {
  readonly __typename?: 'RunResultEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: RunResult;
};

export type ReasonCount = {
  readonly __typename?: 'ReasonCount';
  readonly status: OutcomeStatus;
  readonly reason: Scalars['String']['output'];
  readonly count: Scalars['Int']['output'];
  /** A record with this reason. Null while no such record is published. */
  readonly example?: Maybe<Scalars['SRN']['output']>;
};

export type Record = {
  readonly __typename?: 'Record';
  readonly srn: Scalars['SRN']['output'];
};

/** The effective outcome of a hook for a record. EMPTY is a result; MISSING means no result. */
export type OutcomeStatus =
  | 'PASSED'
  | 'EMPTY'
  | 'REJECTED'
  | 'ERRORED'
  | 'MISSING';

export type HookRunStatus =
  | 'QUEUED'
  | 'RUNNING'
  | 'PASSED'
  | 'WARNINGS'
  | 'FAILED'
  | 'ERROR'
  | 'CANCELLED';

export type RunQueueEntry = {
  readonly __typename?: 'RunQueueEntry';
  /** The convention's slug. */
  readonly convention: Scalars['String']['output'];
  readonly hook: Hook;
  readonly queued: Scalars['Int']['output'];
  readonly running: Scalars['Int']['output'];
  /** When the oldest waiting run was created. Null when none is waiting. */
  readonly waitingSince?: Maybe<Scalars['DateTime']['output']>;
};

export type RunAttempt = {
  readonly __typename?: 'RunAttempt';
  readonly number: Scalars['Int']['output'];
  /** Why the attempt was made: first, oom, fault, continued, bisect or again. */
  readonly because: Scalars['String']['output'];
  readonly recordCount: Scalars['Int']['output'];
  readonly memory: Scalars['String']['output'];
  readonly startedAt: Scalars['DateTime']['output'];
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly exitCode?: Maybe<Scalars['Int']['output']>;
  readonly failure?: Maybe<RunFailure>;
};

export type RunFailure = {
  readonly __typename?: 'RunFailure';
  readonly kind: FailureKind;
  readonly message: Scalars['String']['output'];
};

export type FailureKind =
  | 'IMAGE_PULL'
  | 'CONFIG'
  | 'PERMISSION'
  | 'OOM'
  | 'TIMEOUT'
  | 'HOOK_EXIT'
  | 'INVALID_OUTPUT'
  | 'UPSTREAM'
  | 'RUNTIME'
  | 'CANCELLED'
  | 'UNKNOWN';

export type HookRunConnection = {
  readonly __typename?: 'HookRunConnection';
  readonly edges: ReadonlyArray<HookRunEdge>;
  readonly nodes: ReadonlyArray<HookRun>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type HookRunEdge = {
  readonly __typename?: 'HookRunEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: HookRun;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Dictionary<PropertyKey, never>, TContext = Dictionary<PropertyKey, never>, TArgs = Dictionary<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Dictionary<PropertyKey, never>, TContext = Dictionary<PropertyKey, never>, TArgs = Dictionary<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Dictionary<PropertyKey, never>, TContext = Dictionary<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Dictionary<PropertyKey, never>, TContext = Dictionary<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Dictionary<PropertyKey, never>, TParent = Dictionary<PropertyKey, never>, TContext = Dictionary<PropertyKey, never>, TArgs = Dictionary<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Hook: Hook;
  HookRelease: HookRelease;
  PointerEvent: PointerEvent;
  HookRun: HookRun;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Hook:
    ( { __typename: 'Hook' }
    & GraphQLRecursivePick<FederationTypes['Hook'], {"name":true}> );
  HookRelease:
    ( { __typename: 'HookRelease' }
    & GraphQLRecursivePick<FederationTypes['HookRelease'], {"id":true}> );
  PointerEvent:
    ( { __typename: 'PointerEvent' }
    & GraphQLRecursivePick<FederationTypes['PointerEvent'], {"id":true}> );
  HookRun:
    ( { __typename: 'HookRun' }
    & GraphQLRecursivePick<FederationTypes['HookRun'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Digest: ResolverTypeWrapper<Scalars['Digest']['output']>;
  SRN: ResolverTypeWrapper<Scalars['SRN']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Backfill: ResolverTypeWrapper<BackfillModel>;
  BackfillStatus: BackfillStatus;
  BackfillProgress: ResolverTypeWrapper<BackfillProgress>;
  BackfillConnection: ResolverTypeWrapper<BackfillConnectionModel>;
  BackfillEdge: ResolverTypeWrapper<Omit<BackfillEdge, 'node'> & { node: ResolversTypes['Backfill'] }>;
  BackfillInput: BackfillInput;
  BackfillPayload: ResolverTypeWrapper<Omit<BackfillPayload, 'backfill' | 'runs'> & { backfill?: Maybe<ResolversTypes['Backfill']>, runs: ReadonlyArray<ResolversTypes['HookRun']> }>;
  Hook: ResolverTypeWrapper<HookModel>;
  FeatureSpec: ResolverTypeWrapper<FeatureSpecModel>;
  TableFeature: ResolverTypeWrapper<TableFeatureModel>;
  VocabularyFeature: ResolverTypeWrapper<VocabularyFeatureModel>;
  FeatureCardinality: FeatureCardinality;
  FeatureColumn: ResolverTypeWrapper<FeatureColumn>;
  ColumnType: ColumnType;
  HookConnection: ResolverTypeWrapper<HookConnectionModel>;
  HookEdge: ResolverTypeWrapper<Omit<HookEdge, 'node'> & { node: ResolversTypes['Hook'] }>;
  Viewer: ResolverTypeWrapper<Viewer>;
  ViewerKind: ViewerKind;
  Token: ResolverTypeWrapper<TokenModel>;
  TokenConnection: ResolverTypeWrapper<TokenConnectionModel>;
  TokenEdge: ResolverTypeWrapper<Omit<TokenEdge, 'node'> & { node: ResolversTypes['Token'] }>;
  AuditEvent: ResolverTypeWrapper<AuditEventModel>;
  ActorKind: ActorKind;
  AuditEventConnection: ResolverTypeWrapper<AuditEventConnectionModel>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  CreateTokenInput: CreateTokenInput;
  CreateTokenPayload: ResolverTypeWrapper<CreateTokenPayload>;
  RuntimeConfig: ResolverTypeWrapper<RuntimeConfigModel>;
  OciRuntime: ResolverTypeWrapper<OciRuntimeModel>;
  ModuleRuntime: ResolverTypeWrapper<ModuleRuntimeModel>;
  RuntimeLimits: ResolverTypeWrapper<RuntimeLimits>;
  HookRelease: ResolverTypeWrapper<HookReleaseModel>;
  ReleaseState: ReleaseState;
  PointerEvent: ResolverTypeWrapper<PointerEventModel>;
  HookReleaseConnection: ResolverTypeWrapper<HookReleaseConnectionModel>;
  HookReleaseEdge: ResolverTypeWrapper<Omit<HookReleaseEdge, 'node'> & { node: ResolversTypes['HookRelease'] }>;
  PointerEventConnection: ResolverTypeWrapper<PointerEventConnectionModel>;
  PointerEventEdge: ResolverTypeWrapper<Omit<PointerEventEdge, 'node'> & { node: ResolversTypes['PointerEvent'] }>;
  CreateReleaseInput: CreateReleaseInput;
  CreateReleasePayload: ResolverTypeWrapper<CreateReleasePayloadModel>;
  SetLiveInput: SetLiveInput;
  SetLivePayload: ResolverTypeWrapper<SetLivePayloadModel>;
  SetReleaseStateInput: SetReleaseStateInput;
  SetReleaseStatePayload: ResolverTypeWrapper<Omit<SetReleaseStatePayload, 'release'> & { release: ResolversTypes['HookRelease'] }>;
  ReleaseInput: ReleaseInput;
  RuntimeInput: RuntimeInput;
  OciRuntimeInput: OciRuntimeInput;
  ModuleRuntimeInput: ModuleRuntimeInput;
  RuntimeLimitsInput: RuntimeLimitsInput;
  Reproduction: ResolverTypeWrapper<ReproductionModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ReproductionVerdict: ReproductionVerdict;
  ReproductionDifference: ResolverTypeWrapper<ReproductionDifferenceModel>;
  DifferenceKind: DifferenceKind;
  ReproductionConnection: ResolverTypeWrapper<ReproductionConnectionModel>;
  ReproductionEdge: ResolverTypeWrapper<Omit<ReproductionEdge, 'node'> & { node: ResolversTypes['Reproduction'] }>;
  HookRun: ResolverTypeWrapper<HookRunModel>;
  RunResult: ResolverTypeWrapper<RunResultModel>;
  RunResultConnection: ResolverTypeWrapper<RunResultConnectionModel>;
  RunResultEdge: ResolverTypeWrapper<Omit<RunResultEdge, 'node'> & { node: ResolversTypes['RunResult'] }>;
  ReasonCount: ResolverTypeWrapper<ReasonCountModel>;
  Record: ResolverTypeWrapper<RecordModel>;
  OutcomeStatus: OutcomeStatus;
  HookRunStatus: HookRunStatus;
  RunQueueEntry: ResolverTypeWrapper<RunQueueEntryModel>;
  RunAttempt: ResolverTypeWrapper<RunAttemptModel>;
  RunFailure: ResolverTypeWrapper<RunFailure>;
  FailureKind: FailureKind;
  HookRunConnection: ResolverTypeWrapper<HookRunConnectionModel>;
  HookRunEdge: ResolverTypeWrapper<Omit<HookRunEdge, 'node'> & { node: ResolversTypes['HookRun'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  Digest: Scalars['Digest']['output'];
  SRN: Scalars['SRN']['output'];
  Query: Dictionary<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Dictionary<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  PageInfo: PageInfo;
  Backfill: BackfillModel;
  BackfillProgress: BackfillProgress;
  BackfillConnection: BackfillConnectionModel;
  BackfillEdge: Omit<BackfillEdge, 'node'> & { node: ResolversParentTypes['Backfill'] };
  BackfillInput: BackfillInput;
  BackfillPayload: Omit<BackfillPayload, 'backfill' | 'runs'> & { backfill?: Maybe<ResolversParentTypes['Backfill']>, runs: ReadonlyArray<ResolversParentTypes['HookRun']> };
  Hook: HookModel;
  FeatureSpec: FeatureSpecModel;
  TableFeature: TableFeatureModel;
  VocabularyFeature: VocabularyFeatureModel;
  FeatureColumn: FeatureColumn;
  HookConnection: HookConnectionModel;
  HookEdge: Omit<HookEdge, 'node'> & { node: ResolversParentTypes['Hook'] };
  Viewer: Viewer;
  Token: TokenModel;
  TokenConnection: TokenConnectionModel;
  TokenEdge: Omit<TokenEdge, 'node'> & { node: ResolversParentTypes['Token'] };
  AuditEvent: AuditEventModel;
  AuditEventConnection: AuditEventConnectionModel;
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  CreateTokenInput: CreateTokenInput;
  CreateTokenPayload: CreateTokenPayload;
  RuntimeConfig: RuntimeConfigModel;
  OciRuntime: OciRuntimeModel;
  ModuleRuntime: ModuleRuntimeModel;
  RuntimeLimits: RuntimeLimits;
  HookRelease: HookReleaseModel;
  PointerEvent: PointerEventModel;
  HookReleaseConnection: HookReleaseConnectionModel;
  HookReleaseEdge: Omit<HookReleaseEdge, 'node'> & { node: ResolversParentTypes['HookRelease'] };
  PointerEventConnection: PointerEventConnectionModel;
  PointerEventEdge: Omit<PointerEventEdge, 'node'> & { node: ResolversParentTypes['PointerEvent'] };
  CreateReleaseInput: CreateReleaseInput;
  CreateReleasePayload: CreateReleasePayloadModel;
  SetLiveInput: SetLiveInput;
  SetLivePayload: SetLivePayloadModel;
  SetReleaseStateInput: SetReleaseStateInput;
  SetReleaseStatePayload: Omit<SetReleaseStatePayload, 'release'> & { release: ResolversParentTypes['HookRelease'] };
  ReleaseInput: ReleaseInput;
  RuntimeInput: RuntimeInput;
  OciRuntimeInput: OciRuntimeInput;
  ModuleRuntimeInput: ModuleRuntimeInput;
  RuntimeLimitsInput: RuntimeLimitsInput;
  Reproduction: ReproductionModel;
  Float: Scalars['Float']['output'];
  ReproductionDifference: ReproductionDifferenceModel;
  ReproductionConnection: ReproductionConnectionModel;
  ReproductionEdge: Omit<ReproductionEdge, 'node'> & { node: ResolversParentTypes['Reproduction'] };
  HookRun: HookRunModel;
  RunResult: RunResultModel;
  RunResultConnection: RunResultConnectionModel;
  RunResultEdge: Omit<RunResultEdge, 'node'> & { node: ResolversParentTypes['RunResult'] };
  ReasonCount: ReasonCountModel;
  Record: RecordModel;
  RunQueueEntry: RunQueueEntryModel;
  RunAttempt: RunAttemptModel;
  RunFailure: RunFailure;
  HookRunConnection: HookRunConnectionModel;
  HookRunEdge: Omit<HookRunEdge, 'node'> & { node: ResolversParentTypes['HookRun'] };
};

export type ExactlyOneDirectiveArgs = { };

export type ExactlyOneDirectiveResolver<Result, Parent, ContextType = Context, Args = ExactlyOneDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export interface DigestScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Digest'], any> {
  name: 'Digest';
}

export interface SrnScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SRN'], any> {
  name: 'SRN';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  backfill?: Resolver<Maybe<ResolversTypes['Backfill']>, ParentType, ContextType, RequireFields<QueryBackfillArgs, 'id'>>;
  backfills?: Resolver<ResolversTypes['BackfillConnection'], ParentType, ContextType, RequireFields<QueryBackfillsArgs, 'first'>>;
  hook?: Resolver<Maybe<ResolversTypes['Hook']>, ParentType, ContextType, RequireFields<QueryHookArgs, 'name'>>;
  hooks?: Resolver<ResolversTypes['HookConnection'], ParentType, ContextType, RequireFields<QueryHooksArgs, 'first'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['TokenConnection'], ParentType, ContextType, RequireFields<QueryTokensArgs, 'first'>>;
  auditLog?: Resolver<ResolversTypes['AuditEventConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  release?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType, RequireFields<QueryReleaseArgs, 'id'>>;
  run?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  runs?: Resolver<ResolversTypes['HookRunConnection'], ParentType, ContextType, RequireFields<QueryRunsArgs, 'first'>>;
  runQueue?: Resolver<ReadonlyArray<ResolversTypes['RunQueueEntry']>, ParentType, ContextType, RequireFields<QueryRunQueueArgs, 'first'>>;
  lastVerification?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  backfill?: Resolver<ResolversTypes['BackfillPayload'], ParentType, MutationContext, RequireFields<MutationBackfillArgs, 'input'>>;
  cancelBackfill?: Resolver<ResolversTypes['Backfill'], ParentType, MutationContext, RequireFields<MutationCancelBackfillArgs, 'id'>>;
  resumeBackfill?: Resolver<ResolversTypes['Backfill'], ParentType, MutationContext, RequireFields<MutationResumeBackfillArgs, 'id'>>;
  createToken?: Resolver<ResolversTypes['CreateTokenPayload'], ParentType, MutationContext, RequireFields<MutationCreateTokenArgs, 'input'>>;
  revokeToken?: Resolver<ResolversTypes['Boolean'], ParentType, MutationContext, RequireFields<MutationRevokeTokenArgs, 'id'>>;
  createRelease?: Resolver<ResolversTypes['CreateReleasePayload'], ParentType, MutationContext, RequireFields<MutationCreateReleaseArgs, 'input'>>;
  setLive?: Resolver<ResolversTypes['SetLivePayload'], ParentType, MutationContext, RequireFields<MutationSetLiveArgs, 'input'>>;
  setReleaseState?: Resolver<ResolversTypes['SetReleaseStatePayload'], ParentType, MutationContext, RequireFields<MutationSetReleaseStateArgs, 'input'>>;
  reproduce?: Resolver<ResolversTypes['HookRun'], ParentType, MutationContext, RequireFields<MutationReproduceArgs, 'run'>>;
  cancelRun?: Resolver<ResolversTypes['HookRun'], ParentType, MutationContext, RequireFields<MutationCancelRunArgs, 'id'>>;
  retryRun?: Resolver<ResolversTypes['HookRun'], ParentType, MutationContext, RequireFields<MutationRetryRunArgs, 'id'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BackfillResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Backfill'] = ResolversParentTypes['Backfill']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  conventions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  only?: Resolver<ReadonlyArray<ResolversTypes['OutcomeStatus']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['BackfillStatus'], ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['BackfillProgress'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['HookRunConnection'], ParentType, ContextType, RequireFields<BackfillRunsArgs, 'first'>>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  askedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type BackfillProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BackfillProgress'] = ResolversParentTypes['BackfillProgress']> = {
  expected?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  planned?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type BackfillConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BackfillConnection'] = ResolversParentTypes['BackfillConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BackfillEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Backfill']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BackfillEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BackfillEdge'] = ResolversParentTypes['BackfillEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Backfill'], ParentType, ContextType>;
};

export type BackfillPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BackfillPayload'] = ResolversParentTypes['BackfillPayload']> = {
  backfill?: Resolver<Maybe<ResolversTypes['Backfill']>, ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  batchCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runs?: Resolver<ReadonlyArray<ResolversTypes['HookRun']>, ParentType, ContextType>;
};

export type HookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Hook'] = ResolversParentTypes['Hook'], FederationReferenceType extends FederationReferenceTypes['Hook'] = FederationReferenceTypes['Hook']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Hook']> | FederationReferenceType, FederationReferenceType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  feature?: Resolver<ResolversTypes['FeatureSpec'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  live?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  releases?: Resolver<ResolversTypes['HookReleaseConnection'], ParentType, ContextType, RequireFields<HookReleasesArgs, 'first'>>;
  release?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType, RequireFields<HookReleaseArgs, 'version'>>;
  pointerLog?: Resolver<ResolversTypes['PointerEventConnection'], ParentType, ContextType, RequireFields<HookPointerLogArgs, 'first'>>;
  runs?: Resolver<ResolversTypes['HookRunConnection'], ParentType, ContextType, RequireFields<HookRunsArgs, 'first'>>;
};

export type FeatureSpecResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FeatureSpec'] = ResolversParentTypes['FeatureSpec']> = {
  __resolveType: TypeResolveFn<'TableFeature' | 'VocabularyFeature', ParentType, ContextType>;
};

export type TableFeatureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TableFeature'] = ResolversParentTypes['TableFeature']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cardinality?: Resolver<ResolversTypes['FeatureCardinality'], ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['FeatureColumn']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VocabularyFeatureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VocabularyFeature'] = ResolversParentTypes['VocabularyFeature']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vocabulary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FeatureColumnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FeatureColumn'] = ResolversParentTypes['FeatureColumn']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type HookConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookConnection'] = ResolversParentTypes['HookConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HookEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Hook']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HookEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookEdge'] = ResolversParentTypes['HookEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  kind?: Resolver<ResolversTypes['ViewerKind'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Token'] = ResolversParentTypes['Token']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TokenConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenConnection'] = ResolversParentTypes['TokenConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TokenEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Token']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TokenEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenEdge'] = ResolversParentTypes['TokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Token'], ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  targets?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  details?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type AuditEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
};

export type CreateTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTokenPayload'] = ResolversParentTypes['CreateTokenPayload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RuntimeConfigResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuntimeConfig'] = ResolversParentTypes['RuntimeConfig']> = {
  __resolveType: TypeResolveFn<'OciRuntime' | 'ModuleRuntime', ParentType, ContextType>;
};

export type OciRuntimeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OciRuntime'] = ResolversParentTypes['OciRuntime']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  image?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['Digest'], ParentType, ContextType>;
  config?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['RuntimeLimits'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ModuleRuntimeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModuleRuntime'] = ResolversParentTypes['ModuleRuntime']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['Digest'], ParentType, ContextType>;
  config?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['RuntimeLimits'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RuntimeLimitsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuntimeLimits'] = ResolversParentTypes['RuntimeLimits']> = {
  timeoutSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  memory?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cpu?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookReleaseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRelease'] = ResolversParentTypes['HookRelease'], FederationReferenceType extends FederationReferenceTypes['HookRelease'] = FederationReferenceTypes['HookRelease']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HookRelease']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runtime?: Resolver<ResolversTypes['RuntimeConfig'], ParentType, ContextType>;
  sourceRef?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceRefs?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType, Partial<HookReleaseSourceRefsArgs>>;
  builtBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  builtAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReleaseState'], ParentType, ContextType>;
  stateReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type PointerEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PointerEvent'] = ResolversParentTypes['PointerEvent'], FederationReferenceType extends FederationReferenceTypes['PointerEvent'] = FederationReferenceTypes['PointerEvent']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PointerEvent']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type HookReleaseConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookReleaseConnection'] = ResolversParentTypes['HookReleaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HookReleaseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HookReleaseEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookReleaseEdge'] = ResolversParentTypes['HookReleaseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
};

export type PointerEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PointerEventConnection'] = ResolversParentTypes['PointerEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PointerEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PointerEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PointerEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PointerEventEdge'] = ResolversParentTypes['PointerEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PointerEvent'], ParentType, ContextType>;
};

export type CreateReleasePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateReleasePayload'] = ResolversParentTypes['CreateReleasePayload']> = {
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  madeLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sourceRefAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staleRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  missingRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type SetLivePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetLivePayload'] = ResolversParentTypes['SetLivePayload']> = {
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['PointerEvent']>, ParentType, ContextType>;
  staleRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  missingRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type SetReleaseStatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetReleaseStatePayload'] = ResolversParentTypes['SetReleaseStatePayload']> = {
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
};

export type ReproductionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reproduction'] = ResolversParentTypes['Reproduction']> = {
  run?: Resolver<ResolversTypes['HookRun'], ParentType, ContextType>;
  verdict?: Resolver<Maybe<ResolversTypes['ReproductionVerdict']>, ParentType, ContextType>;
  sample?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tolerance?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  recordsCompared?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  recordsWithoutRows?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outcomesDiffering?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rowsIdentical?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  rowsTolerated?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  rowsDiverged?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['ReproductionDifference']>, ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ReproductionDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReproductionDifference'] = ResolversParentTypes['ReproductionDifference']> = {
  kind?: Resolver<ResolversTypes['DifferenceKind'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  ordinal?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type ReproductionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReproductionConnection'] = ResolversParentTypes['ReproductionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReproductionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Reproduction']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReproductionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReproductionEdge'] = ResolversParentTypes['ReproductionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reproduction'], ParentType, ContextType>;
};

export type HookRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRun'] = ResolversParentTypes['HookRun'], FederationReferenceType extends FederationReferenceTypes['HookRun'] = FederationReferenceTypes['HookRun']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HookRun']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['HookRunStatus'], ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['RunAttempt']>, ParentType, ContextType, Partial<HookRunAttemptsArgs>>;
  oomRetries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  emptyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejectedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  erroredCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  inputDigest?: Resolver<Maybe<ResolversTypes['Digest']>, ParentType, ContextType>;
  outputDigest?: Resolver<Maybe<ResolversTypes['Digest']>, ParentType, ContextType>;
  runJson?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['RunFailure']>, ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  results?: Resolver<ResolversTypes['RunResultConnection'], ParentType, ContextType, RequireFields<HookRunResultsArgs, 'first'>>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['ReasonCount']>, ParentType, ContextType, RequireFields<HookRunReasonsArgs, 'first'>>;
  log?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<HookRunLogArgs, 'tailLines'>>;
  reproduces?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType>;
  reproductions?: Resolver<ResolversTypes['ReproductionConnection'], ParentType, ContextType, RequireFields<HookRunReproductionsArgs, 'first'>>;
};

export type RunResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunResult'] = ResolversParentTypes['RunResult']> = {
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunResultConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunResultConnection'] = ResolversParentTypes['RunResultConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RunResultEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['RunResult']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RunResultEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunResultEdge'] = ResolversParentTypes['RunResultEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RunResult'], ParentType, ContextType>;
};

export type ReasonCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReasonCount'] = ResolversParentTypes['ReasonCount']> = {
  status?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  example?: Resolver<Maybe<ResolversTypes['SRN']>, ParentType, ContextType>;
};

export type RecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record']> = {
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
};

export type RunQueueEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunQueueEntry'] = ResolversParentTypes['RunQueueEntry']> = {
  convention?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  queued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  running?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waitingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RunAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunAttempt'] = ResolversParentTypes['RunAttempt']> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  memory?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  exitCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['RunFailure']>, ParentType, ContextType>;
};

export type RunFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RunFailure'] = ResolversParentTypes['RunFailure']> = {
  kind?: Resolver<ResolversTypes['FailureKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookRunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRunConnection'] = ResolversParentTypes['HookRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HookRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['HookRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HookRunEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRunEdge'] = ResolversParentTypes['HookRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HookRun'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Digest?: GraphQLScalarType;
  SRN?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Backfill?: BackfillResolvers<ContextType>;
  BackfillProgress?: BackfillProgressResolvers<ContextType>;
  BackfillConnection?: BackfillConnectionResolvers<ContextType>;
  BackfillEdge?: BackfillEdgeResolvers<ContextType>;
  BackfillPayload?: BackfillPayloadResolvers<ContextType>;
  Hook?: HookResolvers<ContextType>;
  FeatureSpec?: FeatureSpecResolvers<ContextType>;
  TableFeature?: TableFeatureResolvers<ContextType>;
  VocabularyFeature?: VocabularyFeatureResolvers<ContextType>;
  FeatureColumn?: FeatureColumnResolvers<ContextType>;
  HookConnection?: HookConnectionResolvers<ContextType>;
  HookEdge?: HookEdgeResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Token?: TokenResolvers<ContextType>;
  TokenConnection?: TokenConnectionResolvers<ContextType>;
  TokenEdge?: TokenEdgeResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  CreateTokenPayload?: CreateTokenPayloadResolvers<ContextType>;
  RuntimeConfig?: RuntimeConfigResolvers<ContextType>;
  OciRuntime?: OciRuntimeResolvers<ContextType>;
  ModuleRuntime?: ModuleRuntimeResolvers<ContextType>;
  RuntimeLimits?: RuntimeLimitsResolvers<ContextType>;
  HookRelease?: HookReleaseResolvers<ContextType>;
  PointerEvent?: PointerEventResolvers<ContextType>;
  HookReleaseConnection?: HookReleaseConnectionResolvers<ContextType>;
  HookReleaseEdge?: HookReleaseEdgeResolvers<ContextType>;
  PointerEventConnection?: PointerEventConnectionResolvers<ContextType>;
  PointerEventEdge?: PointerEventEdgeResolvers<ContextType>;
  CreateReleasePayload?: CreateReleasePayloadResolvers<ContextType>;
  SetLivePayload?: SetLivePayloadResolvers<ContextType>;
  SetReleaseStatePayload?: SetReleaseStatePayloadResolvers<ContextType>;
  Reproduction?: ReproductionResolvers<ContextType>;
  ReproductionDifference?: ReproductionDifferenceResolvers<ContextType>;
  ReproductionConnection?: ReproductionConnectionResolvers<ContextType>;
  ReproductionEdge?: ReproductionEdgeResolvers<ContextType>;
  HookRun?: HookRunResolvers<ContextType>;
  RunResult?: RunResultResolvers<ContextType>;
  RunResultConnection?: RunResultConnectionResolvers<ContextType>;
  RunResultEdge?: RunResultEdgeResolvers<ContextType>;
  ReasonCount?: ReasonCountResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
  RunQueueEntry?: RunQueueEntryResolvers<ContextType>;
  RunAttempt?: RunAttemptResolvers<ContextType>;
  RunFailure?: RunFailureResolvers<ContextType>;
  HookRunConnection?: HookRunConnectionResolvers<ContextType>;
  HookRunEdge?: HookRunEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  exactlyOne?: ExactlyOneDirectiveResolver<any, any, ContextType>;
};
