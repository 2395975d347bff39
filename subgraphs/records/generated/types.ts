// @ts-nocheck Generated from the schema.graphql files of this subgraph; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RecordModel, RecordOriginModel, RecordSourceModel, DepositionSourceModel, HarvestSourceModel, ForkSourceModel, ImportSourceModel, RecordConnectionModel, DepositionModel, DepositionConnectionModel, ConventionModel, SchemaModel } from '../mappers.ts';
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
  /** A whole number. Beyond 2^53 it is a string. */
  BigInt: { input: bigint; output: bigint; }
  /** sha256:<64 hex> */
  Digest: { input: import("@strata/domain/shared").Digest; output: import("@strata/domain/shared").Digest; }
  /** urn:osa:{domain}:{type}:{id}[@version] */
  SRN: { input: import("@strata/domain/shared").Srn; output: import("@strata/domain/shared").Srn; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  /** Null when it does not exist or the caller may not see it: depositors see their own, curators see all. */
  readonly deposition?: Maybe<Deposition>;
  /** Those that the caller may see, newest first. */
  readonly depositions: DepositionConnection;
  readonly record?: Maybe<Record>;
  /** Newest first. */
  readonly records: RecordConnection;
};


export type QueryDepositionArgs = {
  srn: Scalars['SRN']['input'];
};


export type QueryDepositionsArgs = {
  status?: InputMaybe<DepositionStatus>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRecordArgs = {
  srn: Scalars['SRN']['input'];
};


export type QueryRecordsArgs = {
  convention?: InputMaybe<Scalars['String']['input']>;
  source?: InputMaybe<RecordSourceType>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** DEPOSITOR. Creates a draft, which may be incomplete. */
  readonly createDeposition: Deposition;
  /** DEPOSITOR, its owner. Replaces the metadata of a draft. The metadata is checked when the draft is submitted. */
  readonly updateDeposition: Deposition;
  /** DEPOSITOR, its owner. Adds an uploaded file to a draft. */
  readonly addDepositionFile: Deposition;
  /** DEPOSITOR, its owner. Removes a file from a draft. */
  readonly removeDepositionFile: Deposition;
  /** DEPOSITOR, its owner. Checks everything. With faults it stays a draft and `findings` lists them all. */
  readonly submitDeposition: Deposition;
  /** DEPOSITOR, its owner. Makes it a draft again while it is being validated or reviewed. */
  readonly withdrawDeposition: Deposition;
  /**
   * DEPOSITOR, its owner. Creates a draft of the next version of a record that came from a deposition, with the metadata and the files of
   * its newest version. `note` says what changes, in a sentence. A record has at most one open draft.
   */
  readonly reviseRecord: Deposition;
  /** CURATOR. REJECT requires a reason; the owner may then change the deposition and submit it again. */
  readonly reviewDeposition: Deposition;
  /** records:write or ADMIN. Publishes in bulk from any source; idempotent per (convention, source type, source id). */
  readonly publishRecords: PublishRecordsPayload;
  /** CURATOR; kind REMOVED needs ADMIN. Takes a record back, all its versions at once. */
  readonly withdrawRecord: Record;
  /** CURATOR. Ends a retraction: the record's newest version counts again. A removed record cannot be restored. */
  readonly restoreRecord: Record;
};


export type MutationCreateDepositionArgs = {
  input: CreateDepositionInput;
};


export type MutationUpdateDepositionArgs = {
  srn: Scalars['SRN']['input'];
  metadata: Scalars['JSON']['input'];
};


export type MutationAddDepositionFileArgs = {
  srn: Scalars['SRN']['input'];
  file: RecordFileInput;
};


export type MutationRemoveDepositionFileArgs = {
  srn: Scalars['SRN']['input'];
  name: Scalars['String']['input'];
};


export type MutationSubmitDepositionArgs = {
  srn: Scalars['SRN']['input'];
};


export type MutationWithdrawDepositionArgs = {
  srn: Scalars['SRN']['input'];
};


export type MutationReviseRecordArgs = {
  srn: Scalars['SRN']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};


export type MutationReviewDepositionArgs = {
  srn: Scalars['SRN']['input'];
  decision: ReviewDecision;
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationPublishRecordsArgs = {
  input: PublishRecordsInput;
};


export type MutationWithdrawRecordArgs = {
  input: WithdrawRecordInput;
};


export type MutationRestoreRecordArgs = {
  srn: Scalars['SRN']['input'];
  reason: Scalars['String']['input'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** A draft that becomes a record once it is submitted and accepted. */
export type Deposition = {
  readonly __typename?: 'Deposition';
  readonly srn: Scalars['SRN']['output'];
  readonly convention: Convention;
  readonly status: DepositionStatus;
  readonly metadata: Scalars['JSON']['output'];
  readonly files: ReadonlyArray<RecordFile>;
  /** Why it came back, per hook. The findings stay until it is submitted again. */
  readonly findings: ReadonlyArray<Finding>;
  readonly record?: Maybe<Record>;
  /** The version of a record that this deposition replaces when it is published. Null for a new record. */
  readonly revises?: Maybe<Record>;
  /** What changes in the next version, in a sentence. Null for a new record. */
  readonly note?: Maybe<Scalars['String']['output']>;
  readonly owner: Scalars['String']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  readonly updatedAt: Scalars['DateTime']['output'];
};

export type DepositionStatus =
  | 'DRAFT'
  | 'IN_VALIDATION'
  | 'IN_REVIEW'
  | 'PUBLISHED'
  | 'REJECTED';

export type DepositionConnection = {
  readonly __typename?: 'DepositionConnection';
  readonly edges: ReadonlyArray<DepositionEdge>;
  readonly nodes: ReadonlyArray<Deposition>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type DepositionEdge = {
  readonly __typename?: 'DepositionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Deposition;
};

export type CreateDepositionInput = {
  readonly convention: Scalars['String']['input'];
  readonly metadata?: InputMaybe<Scalars['JSON']['input']>;
};

export type ReviewDecision =
  | 'APPROVE'
  | 'REJECT';

export type RecordFile = {
  readonly __typename?: 'RecordFile';
  readonly name: Scalars['String']['output'];
  readonly size: Scalars['BigInt']['output'];
  readonly digest: Scalars['Digest']['output'];
  /** As declared by the uploader. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Its download address, which supports range requests. Relative when STRATA_PUBLIC_URL is not set. */
  readonly url: Scalars['String']['output'];
};

export type RecordFileInput = {
  readonly name: Scalars['String']['input'];
  readonly digest: Scalars['Digest']['input'];
  readonly size: Scalars['BigInt']['input'];
};

/** An immutable published item. Only `source` says where it came from; nothing else in the archive depends on it. */
export type Record = {
  readonly __typename?: 'Record';
  readonly srn: Scalars['SRN']['output'];
  readonly convention: Convention;
  readonly schema: Schema;
  readonly source: RecordSource;
  readonly metadata: Scalars['JSON']['output'];
  readonly publishedAt: Scalars['DateTime']['output'];
  /** 1, 2, 3 …: the version of the record that this is. */
  readonly version: Scalars['Int']['output'];
  /** The newest version of this record. */
  readonly newest: Record;
  /** All versions of this record, newest first. */
  readonly versions: ReadonlyArray<Record>;
  /** What changed in this version, in a sentence. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** Null unless the record is withdrawn: then all its versions are, and none of them counts. */
  readonly withdrawn?: Maybe<Withdrawal>;
  /** The fields whose values differ from those in an earlier version: `schema`, fields of the metadata, and `files.<name>`. */
  readonly changesSince: ReadonlyArray<FieldChange>;
  /** The record that it was forked from, in this archive or another. Null if it is not a fork, or its source id is not the SRN of a record. */
  readonly forkedFrom?: Maybe<RecordOrigin>;
  /** Records of this archive that were forked from any version of this record, newest first. `forkedFrom` names the version. */
  readonly forks: RecordConnection;
  /** In the order in which they were given. */
  readonly files: ReadonlyArray<RecordFile>;
};


/** An immutable published item. Only `source` says where it came from; nothing else in the archive depends on it. */
export type RecordVersionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An immutable published item. Only `source` says where it came from; nothing else in the archive depends on it. */
export type RecordChangesSinceArgs = {
  version: Scalars['Int']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** An immutable published item. Only `source` says where it came from; nothing else in the archive depends on it. */
export type RecordForksArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What a record was forked from. */
export type RecordOrigin = {
  readonly __typename?: 'RecordOrigin';
  /** The domain of the archive that has it. */
  readonly node: Scalars['String']['output'];
  /** The source id of the fork. */
  readonly srn: Scalars['SRN']['output'];
  /** The version that was forked: the one that the SRN names, or the newest one when the fork was published. Null if it is in another archive. */
  readonly record?: Maybe<Record>;
};

/** A record that was taken back. */
export type Withdrawal = {
  readonly __typename?: 'Withdrawal';
  readonly kind: WithdrawalKind;
  readonly reason: Scalars['String']['output'];
  readonly at: Scalars['DateTime']['output'];
  readonly by: Scalars['String']['output'];
};

export type WithdrawalKind =
  /** Still readable, but marked. It can be restored. */
  | 'RETRACTED'
  /** Erased: only this notice stays. */
  | 'REMOVED';

export type WithdrawRecordInput = {
  /** With or without a version; either way, all versions are withdrawn. */
  readonly srn: Scalars['SRN']['input'];
  readonly kind: WithdrawalKind;
  /** Why, in a sentence or two. Everyone who finds the record reads it. */
  readonly reason: Scalars['String']['input'];
  /** The SRN once more, for REMOVED: it erases the record for good. */
  readonly confirm?: InputMaybe<Scalars['SRN']['input']>;
};

export type FieldChange = {
  readonly __typename?: 'FieldChange';
  readonly field: Scalars['String']['output'];
  readonly before?: Maybe<Scalars['JSON']['output']>;
  readonly after?: Maybe<Scalars['JSON']['output']>;
};

export type Convention = {
  readonly __typename?: 'Convention';
  readonly slug: Scalars['String']['output'];
  /** Newest first. */
  readonly records: RecordConnection;
};


export type ConventionRecordsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Schema = {
  readonly __typename?: 'Schema';
  readonly id: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
};

/** `id` is the idempotency key: one record per (convention, type, id). */
export type RecordSource = {
  readonly type: RecordSourceType;
  readonly id: Scalars['String']['output'];
};

export type RecordSourceType =
  | 'DEPOSITION'
  | 'HARVEST'
  | 'FORK'
  | 'IMPORT';

export type DepositionSource = RecordSource & {
  readonly __typename?: 'DepositionSource';
  readonly type: RecordSourceType;
  readonly id: Scalars['String']['output'];
  /** Null if the caller may not see it. */
  readonly deposition?: Maybe<Deposition>;
};

export type HarvestSource = RecordSource & {
  readonly __typename?: 'HarvestSource';
  readonly type: RecordSourceType;
  readonly id: Scalars['String']['output'];
  readonly harvestRun: Scalars['SRN']['output'];
  readonly upstreamSource: Scalars['String']['output'];
};

export type ForkSource = RecordSource & {
  readonly __typename?: 'ForkSource';
  readonly type: RecordSourceType;
  readonly id: Scalars['String']['output'];
  readonly sourceNode: Scalars['String']['output'];
};

export type ImportSource = RecordSource & {
  readonly __typename?: 'ImportSource';
  readonly type: RecordSourceType;
  readonly id: Scalars['String']['output'];
  readonly sourceNode: Scalars['String']['output'];
};

export type RecordConnection = {
  readonly __typename?: 'RecordConnection';
  readonly edges: ReadonlyArray<RecordEdge>;
  readonly nodes: ReadonlyArray<Record>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type RecordEdge = {
  readonly __typename?: 'RecordEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Record;
};

export type PublishRecordsInput = {
  readonly convention: Scalars['String']['input'];
  readonly source: PublishSourceInput;
  /** At most 10,000. */
  readonly records: ReadonlyArray<RecordInput>;
  /** What to do when other content is published under one of these source ids. */
  readonly onChange: OnChange;
};

export type OnChange =
  /** Keep what is published: the result is CHANGED, with findings that name what differs. */
  | 'KEEP'
  /** Publish it as the record's next version: the result is REVISED. */
  | 'REVISE';

export type PublishSourceInput = {
  readonly harvest?: InputMaybe<HarvestSourceInput>;
  readonly fork?: InputMaybe<ForkSourceInput>;
  readonly import?: InputMaybe<ImportSourceInput>;
};

export type HarvestSourceInput = {
  readonly harvestRun: Scalars['SRN']['input'];
  readonly upstreamSource: Scalars['String']['input'];
};

export type ForkSourceInput = {
  readonly sourceNode: Scalars['String']['input'];
};

export type ImportSourceInput = {
  readonly sourceNode: Scalars['String']['input'];
};

export type RecordInput = {
  readonly sourceId: Scalars['String']['input'];
  readonly metadata: Scalars['JSON']['input'];
  /** Files whose content was uploaded before, with PUT /files or a resumable upload. */
  readonly files?: InputMaybe<ReadonlyArray<RecordFileInput>>;
  /** The version that this revises. Refused with a finding STALE_VERSION when another is the newest. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** What changed, in a sentence. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** One result per input record, in order. An invalid record does not affect the others. */
export type PublishRecordsPayload = {
  readonly __typename?: 'PublishRecordsPayload';
  readonly publishedCount: Scalars['Int']['output'];
  /** New versions of records that were published before. */
  readonly revisedCount: Scalars['Int']['output'];
  /** Records whose published content differs: nothing was written for them. */
  readonly changedCount: Scalars['Int']['output'];
  readonly duplicateCount: Scalars['Int']['output'];
  readonly invalidCount: Scalars['Int']['output'];
  /** What the caller should know even though the call succeeded, such as that the archive's first record made its domain permanent. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
  readonly results: ReadonlyArray<PublishResult>;
};

export type PublishResult = {
  readonly __typename?: 'PublishResult';
  readonly sourceId: Scalars['String']['output'];
  readonly status: PublishStatus;
  /** The SRN of the record: the new one, or the existing one for a DUPLICATE. */
  readonly srn?: Maybe<Scalars['SRN']['output']>;
  readonly findings: ReadonlyArray<Finding>;
};

export type PublishStatus =
  | 'PUBLISHED'
  /** The next version of a record that was published before. */
  | 'REVISED'
  /** Other content is published under this source id. Nothing was written; the findings name what differs. */
  | 'CHANGED'
  /** The same content is published already. */
  | 'DUPLICATE'
  | 'INVALID';

export type Finding = {
  readonly __typename?: 'Finding';
  /** The hook that reported it; `metadata` for the schema, `files` for the file rules, `review` for a curator. */
  readonly hook: Scalars['String']['output'];
  readonly kind: FindingKind;
  readonly message: Scalars['String']['output'];
  readonly field?: Maybe<Scalars['String']['output']>;
};

export type FindingKind =
  | 'REJECTED'
  | 'ERRORED'
  | 'INVALID_METADATA'
  /** Other content is published under this source id. */
  | 'CHANGED'
  /** The record was taken back. */
  | 'WITHDRAWN'
  /** Another version is the newest. */
  | 'STALE_VERSION';



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
  Record: Record;
  Convention: Convention;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Record:
    ( { __typename: 'Record' }
    & GraphQLRecursivePick<FederationTypes['Record'], {"srn":true}> );
  Convention:
    ( { __typename: 'Convention' }
    & GraphQLRecursivePick<FederationTypes['Convention'], {"slug":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Digest: ResolverTypeWrapper<Scalars['Digest']['output']>;
  SRN: ResolverTypeWrapper<Scalars['SRN']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Deposition: ResolverTypeWrapper<DepositionModel>;
  DepositionStatus: DepositionStatus;
  DepositionConnection: ResolverTypeWrapper<DepositionConnectionModel>;
  DepositionEdge: ResolverTypeWrapper<Omit<DepositionEdge, 'node'> & { node: ResolversTypes['Deposition'] }>;
  CreateDepositionInput: CreateDepositionInput;
  ReviewDecision: ReviewDecision;
  RecordFile: ResolverTypeWrapper<RecordFile>;
  RecordFileInput: RecordFileInput;
  Record: ResolverTypeWrapper<RecordModel>;
  RecordOrigin: ResolverTypeWrapper<RecordOriginModel>;
  Withdrawal: ResolverTypeWrapper<Withdrawal>;
  WithdrawalKind: WithdrawalKind;
  WithdrawRecordInput: WithdrawRecordInput;
  FieldChange: ResolverTypeWrapper<FieldChange>;
  Convention: ResolverTypeWrapper<ConventionModel>;
  Schema: ResolverTypeWrapper<SchemaModel>;
  RecordSource: ResolverTypeWrapper<RecordSourceModel>;
  RecordSourceType: RecordSourceType;
  DepositionSource: ResolverTypeWrapper<DepositionSourceModel>;
  HarvestSource: ResolverTypeWrapper<HarvestSourceModel>;
  ForkSource: ResolverTypeWrapper<ForkSourceModel>;
  ImportSource: ResolverTypeWrapper<ImportSourceModel>;
  RecordConnection: ResolverTypeWrapper<RecordConnectionModel>;
  RecordEdge: ResolverTypeWrapper<Omit<RecordEdge, 'node'> & { node: ResolversTypes['Record'] }>;
  PublishRecordsInput: PublishRecordsInput;
  OnChange: OnChange;
  PublishSourceInput: PublishSourceInput;
  HarvestSourceInput: HarvestSourceInput;
  ForkSourceInput: ForkSourceInput;
  ImportSourceInput: ImportSourceInput;
  RecordInput: RecordInput;
  PublishRecordsPayload: ResolverTypeWrapper<PublishRecordsPayload>;
  PublishResult: ResolverTypeWrapper<PublishResult>;
  PublishStatus: PublishStatus;
  Finding: ResolverTypeWrapper<Finding>;
  FindingKind: FindingKind;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  Digest: Scalars['Digest']['output'];
  SRN: Scalars['SRN']['output'];
  Query: Dictionary<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Dictionary<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Deposition: DepositionModel;
  DepositionConnection: DepositionConnectionModel;
  DepositionEdge: Omit<DepositionEdge, 'node'> & { node: ResolversParentTypes['Deposition'] };
  CreateDepositionInput: CreateDepositionInput;
  RecordFile: RecordFile;
  RecordFileInput: RecordFileInput;
  Record: RecordModel;
  RecordOrigin: RecordOriginModel;
  Withdrawal: Withdrawal;
  WithdrawRecordInput: WithdrawRecordInput;
  FieldChange: FieldChange;
  Convention: ConventionModel;
  Schema: SchemaModel;
  RecordSource: RecordSourceModel;
  DepositionSource: DepositionSourceModel;
  HarvestSource: HarvestSourceModel;
  ForkSource: ForkSourceModel;
  ImportSource: ImportSourceModel;
  RecordConnection: RecordConnectionModel;
  RecordEdge: Omit<RecordEdge, 'node'> & { node: ResolversParentTypes['Record'] };
  PublishRecordsInput: PublishRecordsInput;
  PublishSourceInput: PublishSourceInput;
  HarvestSourceInput: HarvestSourceInput;
  ForkSourceInput: ForkSourceInput;
  ImportSourceInput: ImportSourceInput;
  RecordInput: RecordInput;
  PublishRecordsPayload: PublishRecordsPayload;
  PublishResult: PublishResult;
  Finding: Finding;
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
  deposition?: Resolver<Maybe<ResolversTypes['Deposition']>, ParentType, ContextType, RequireFields<QueryDepositionArgs, 'srn'>>;
  depositions?: Resolver<ResolversTypes['DepositionConnection'], ParentType, ContextType, RequireFields<QueryDepositionsArgs, 'first'>>;
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType, RequireFields<QueryRecordArgs, 'srn'>>;
  records?: Resolver<ResolversTypes['RecordConnection'], ParentType, ContextType, RequireFields<QueryRecordsArgs, 'first'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createDeposition?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationCreateDepositionArgs, 'input'>>;
  updateDeposition?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationUpdateDepositionArgs, 'srn' | 'metadata'>>;
  addDepositionFile?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationAddDepositionFileArgs, 'srn' | 'file'>>;
  removeDepositionFile?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationRemoveDepositionFileArgs, 'srn' | 'name'>>;
  submitDeposition?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationSubmitDepositionArgs, 'srn'>>;
  withdrawDeposition?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationWithdrawDepositionArgs, 'srn'>>;
  reviseRecord?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationReviseRecordArgs, 'srn'>>;
  reviewDeposition?: Resolver<ResolversTypes['Deposition'], ParentType, MutationContext, RequireFields<MutationReviewDepositionArgs, 'srn' | 'decision'>>;
  publishRecords?: Resolver<ResolversTypes['PublishRecordsPayload'], ParentType, MutationContext, RequireFields<MutationPublishRecordsArgs, 'input'>>;
  withdrawRecord?: Resolver<ResolversTypes['Record'], ParentType, MutationContext, RequireFields<MutationWithdrawRecordArgs, 'input'>>;
  restoreRecord?: Resolver<ResolversTypes['Record'], ParentType, MutationContext, RequireFields<MutationRestoreRecordArgs, 'srn' | 'reason'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DepositionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Deposition'] = ResolversParentTypes['Deposition']> = {
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DepositionStatus'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['RecordFile']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
  revises?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DepositionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DepositionConnection'] = ResolversParentTypes['DepositionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DepositionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Deposition']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DepositionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DepositionEdge'] = ResolversParentTypes['DepositionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Deposition'], ParentType, ContextType>;
};

export type RecordFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordFile'] = ResolversParentTypes['RecordFile']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['Digest'], ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record'], FederationReferenceType extends FederationReferenceTypes['Record'] = FederationReferenceTypes['Record']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Record']> | FederationReferenceType, FederationReferenceType, ContextType>;
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['Schema'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['RecordSource'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  newest?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  versions?: Resolver<ReadonlyArray<ResolversTypes['Record']>, ParentType, ContextType, Partial<RecordVersionsArgs>>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  withdrawn?: Resolver<Maybe<ResolversTypes['Withdrawal']>, ParentType, ContextType>;
  changesSince?: Resolver<ReadonlyArray<ResolversTypes['FieldChange']>, ParentType, ContextType, RequireFields<RecordChangesSinceArgs, 'version'>>;
  forkedFrom?: Resolver<Maybe<ResolversTypes['RecordOrigin']>, ParentType, ContextType>;
  forks?: Resolver<ResolversTypes['RecordConnection'], ParentType, ContextType, RequireFields<RecordForksArgs, 'first'>>;
  files?: Resolver<ReadonlyArray<ResolversTypes['RecordFile']>, ParentType, ContextType>;
};

export type RecordOriginResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordOrigin'] = ResolversParentTypes['RecordOrigin']> = {
  node?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
};

export type WithdrawalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Withdrawal'] = ResolversParentTypes['Withdrawal']> = {
  kind?: Resolver<ResolversTypes['WithdrawalKind'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FieldChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldChange'] = ResolversParentTypes['FieldChange']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type ConventionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Convention'] = ResolversParentTypes['Convention'], FederationReferenceType extends FederationReferenceTypes['Convention'] = FederationReferenceTypes['Convention']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Convention']> | FederationReferenceType, FederationReferenceType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['RecordConnection'], ParentType, ContextType, RequireFields<ConventionRecordsArgs, 'first'>>;
};

export type SchemaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Schema'] = ResolversParentTypes['Schema']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RecordSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordSource'] = ResolversParentTypes['RecordSource']> = {
  __resolveType: TypeResolveFn<'DepositionSource' | 'HarvestSource' | 'ForkSource' | 'ImportSource', ParentType, ContextType>;
};

export type DepositionSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DepositionSource'] = ResolversParentTypes['DepositionSource']> = {
  type?: Resolver<ResolversTypes['RecordSourceType'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deposition?: Resolver<Maybe<ResolversTypes['Deposition']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HarvestSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HarvestSource'] = ResolversParentTypes['HarvestSource']> = {
  type?: Resolver<ResolversTypes['RecordSourceType'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  harvestRun?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  upstreamSource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ForkSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ForkSource'] = ResolversParentTypes['ForkSource']> = {
  type?: Resolver<ResolversTypes['RecordSourceType'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceNode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportSource'] = ResolversParentTypes['ImportSource']> = {
  type?: Resolver<ResolversTypes['RecordSourceType'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceNode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecordConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordConnection'] = ResolversParentTypes['RecordConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RecordEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Record']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecordEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordEdge'] = ResolversParentTypes['RecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
};

export type PublishRecordsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishRecordsPayload'] = ResolversParentTypes['PublishRecordsPayload']> = {
  publishedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revisedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  duplicateCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invalidCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['PublishResult']>, ParentType, ContextType>;
};

export type PublishResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishResult'] = ResolversParentTypes['PublishResult']> = {
  sourceId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PublishStatus'], ParentType, ContextType>;
  srn?: Resolver<Maybe<ResolversTypes['SRN']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
};

export type FindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  hook?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FindingKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  Deposition?: DepositionResolvers<ContextType>;
  DepositionConnection?: DepositionConnectionResolvers<ContextType>;
  DepositionEdge?: DepositionEdgeResolvers<ContextType>;
  RecordFile?: RecordFileResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
  RecordOrigin?: RecordOriginResolvers<ContextType>;
  Withdrawal?: WithdrawalResolvers<ContextType>;
  FieldChange?: FieldChangeResolvers<ContextType>;
  Convention?: ConventionResolvers<ContextType>;
  Schema?: SchemaResolvers<ContextType>;
  RecordSource?: RecordSourceResolvers<ContextType>;
  DepositionSource?: DepositionSourceResolvers<ContextType>;
  HarvestSource?: HarvestSourceResolvers<ContextType>;
  ForkSource?: ForkSourceResolvers<ContextType>;
  ImportSource?: ImportSourceResolvers<ContextType>;
  RecordConnection?: RecordConnectionResolvers<ContextType>;
  RecordEdge?: RecordEdgeResolvers<ContextType>;
  PublishRecordsPayload?: PublishRecordsPayloadResolvers<ContextType>;
  PublishResult?: PublishResultResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  exactlyOne?: ExactlyOneDirectiveResolver<any, any, ContextType>;
};
