// @ts-nocheck Generated from the schema.graphql files of this subgraph; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ConventionModel, SchemaModel, ConventionConnectionModel, ReleaseOutcomeModel, HookModel, HookReleaseModel } from '../mappers.ts';
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
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  /** The version of the archive's code, as logged at start and shown at /readyz. */
  readonly version: Scalars['String']['output'];
  readonly convention?: Maybe<Convention>;
  /** Ordered by slug. */
  readonly conventions: ConventionConnection;
  /** The newest version, unless `version` is given. */
  readonly schema?: Maybe<Schema>;
};


export type QueryConventionArgs = {
  slug: Scalars['String']['input'];
};


export type QueryConventionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySchemaArgs = {
  id: Scalars['String']['input'];
  version?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** ADMIN. Removes a convention without records, submissions, drafts or citations. Its hooks, releases and logs stay; the slug becomes free. */
  readonly removeConvention: Scalars['Boolean']['output'];
  /** conventions:write or ADMIN. Deploys schema, hooks, releases, tables and convention in one transaction. Declarative: deploying the same manifest again changes nothing. */
  readonly deploy: DeployPayload;
};


export type MutationRemoveConventionArgs = {
  slug: Scalars['String']['input'];
};


export type MutationDeployArgs = {
  input: DeployInput;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** What an archive accepts and computes: a schema, file rules, hooks and, optionally, an ingester. Mutable, addressed by slug. */
export type Convention = {
  readonly __typename?: 'Convention';
  readonly slug: Scalars['String']['output'];
  readonly title: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  /** The terms of use of its data: an SPDX licence expression or an http(s) address. Null when not stated. */
  readonly license?: Maybe<Scalars['String']['output']>;
  readonly schema: Schema;
  readonly files: FileRequirements;
  /** Whether a curator must approve what people submit before it is published. */
  readonly review: Scalars['Boolean']['output'];
  readonly docs?: Maybe<ConventionDocs>;
  /** In the order of the manifest. */
  readonly hooks: ReadonlyArray<Hook>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly updatedAt: Scalars['DateTime']['output'];
};

export type Hook = {
  readonly __typename?: 'Hook';
  readonly name: Scalars['String']['output'];
  readonly conventions: ReadonlyArray<Convention>;
  readonly live?: Maybe<HookRelease>;
};


export type HookConventionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type FileRequirements = {
  readonly __typename?: 'FileRequirements';
  readonly acceptedTypes: ReadonlyArray<Scalars['String']['output']>;
  readonly minCount: Scalars['Int']['output'];
  readonly maxCount?: Maybe<Scalars['Int']['output']>;
  readonly maxFileSize?: Maybe<Scalars['BigInt']['output']>;
};

export type ConventionDocs = {
  readonly __typename?: 'ConventionDocs';
  readonly purpose: Scalars['String']['output'];
  readonly examples: ReadonlyArray<ConventionExample>;
  readonly whenNotToUse?: Maybe<Scalars['String']['output']>;
};

export type ConventionExample = {
  readonly __typename?: 'ConventionExample';
  readonly question: Scalars['String']['output'];
  readonly query: Scalars['String']['output'];
  readonly interpretation: Scalars['String']['output'];
};

export type ConventionConnection = {
  readonly __typename?: 'ConventionConnection';
  readonly edges: ReadonlyArray<ConventionEdge>;
  readonly nodes: ReadonlyArray<Convention>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type ConventionEdge = {
  readonly __typename?: 'ConventionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Convention;
};

export type HookRelease = {
  readonly __typename?: 'HookRelease';
  readonly id: Scalars['ID']['output'];
  readonly isLive: Scalars['Boolean']['output'];
};

export type DeployInput = {
  readonly slug: Scalars['String']['input'];
  readonly title: Scalars['String']['input'];
  readonly description: Scalars['String']['input'];
  /** The terms of use of the data: an SPDX licence expression such as "CC-BY-4.0", or the http(s) address of a licence's text. */
  readonly license?: InputMaybe<Scalars['String']['input']>;
  readonly schema: SchemaInput;
  readonly files?: InputMaybe<FileRequirementsInput>;
  /** A curator must approve what people submit before it is published. */
  readonly review: Scalars['Boolean']['input'];
  readonly hooks: ReadonlyArray<HookDeployInput>;
  readonly docs?: InputMaybe<ConventionDocsInput>;
  /** Report the changes without making them. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Allow this deploy to move the live pointers of hooks that other conventions also use. */
  readonly allowShared: Scalars['Boolean']['input'];
  /** False stages the releases: it creates them without moving the live pointers. */
  readonly promote: Scalars['Boolean']['input'];
  /** Allow a release that was rolled back to become live again. Without it, the deploy fails with CONFLICT. */
  readonly overrideRollback: Scalars['Boolean']['input'];
};

export type HookDeployInput = {
  readonly name: Scalars['String']['input'];
  readonly feature: FeatureSpecInput;
  readonly release: ReleaseInput;
};

export type FeatureSpecInput = {
  readonly table?: InputMaybe<TableFeatureInput>;
  readonly vocabulary?: InputMaybe<VocabularyFeatureInput>;
};

export type TableFeatureInput = {
  readonly cardinality: FeatureCardinality;
  readonly columns: ReadonlyArray<FeatureColumnInput>;
};

export type FeatureCardinality =
  | 'ONE'
  | 'MANY';

export type FeatureColumnInput = {
  readonly name: Scalars['String']['input'];
  readonly type: ColumnType;
  readonly required: Scalars['Boolean']['input'];
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly unit?: InputMaybe<Scalars['String']['input']>;
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

/** `deploy` refuses it: this version of the archive has no vocabularies. */
export type VocabularyFeatureInput = {
  readonly vocabulary: Scalars['String']['input'];
  readonly field: Scalars['String']['input'];
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

export type SchemaInput = {
  readonly id: Scalars['String']['input'];
  /** major.minor.patch. A version is immutable once a record, a draft or a citation uses it. Within a major version, fields can only be added. */
  readonly version: Scalars['String']['input'];
  readonly title?: InputMaybe<Scalars['String']['input']>;
  readonly fields: ReadonlyArray<SchemaFieldInput>;
};

export type SchemaFieldInput = {
  readonly name: Scalars['String']['input'];
  readonly type: FieldType;
  readonly required: Scalars['Boolean']['input'];
  readonly cardinality: FieldCardinality;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly unit?: InputMaybe<Scalars['String']['input']>;
  readonly examples?: InputMaybe<ReadonlyArray<Scalars['JSON']['input']>>;
  readonly constraints?: InputMaybe<FieldConstraintsInput>;
};

export type FieldConstraintsInput = {
  readonly minLength?: InputMaybe<Scalars['Int']['input']>;
  readonly maxLength?: InputMaybe<Scalars['Int']['input']>;
  readonly pattern?: InputMaybe<Scalars['String']['input']>;
  readonly min?: InputMaybe<Scalars['Float']['input']>;
  readonly max?: InputMaybe<Scalars['Float']['input']>;
  readonly vocabulary?: InputMaybe<Scalars['String']['input']>;
};

export type FileRequirementsInput = {
  readonly acceptedTypes: ReadonlyArray<Scalars['String']['input']>;
  readonly minCount: Scalars['Int']['input'];
  readonly maxCount?: InputMaybe<Scalars['Int']['input']>;
  readonly maxFileSize?: InputMaybe<Scalars['BigInt']['input']>;
};

export type ConventionDocsInput = {
  readonly purpose: Scalars['String']['input'];
  readonly examples: ReadonlyArray<ConventionExampleInput>;
  readonly whenNotToUse?: InputMaybe<Scalars['String']['input']>;
};

export type ConventionExampleInput = {
  readonly question: Scalars['String']['input'];
  readonly query: Scalars['String']['input'];
  readonly interpretation: Scalars['String']['input'];
};

export type DeployPayload = {
  readonly __typename?: 'DeployPayload';
  /** Null only on the dry run of a new convention. */
  readonly convention?: Maybe<Convention>;
  readonly created: Scalars['Boolean']['output'];
  /** One per hook, in the manifest's order. A dry run lists only releases that already exist. */
  readonly hooks: ReadonlyArray<ReleaseOutcome>;
  /** Every change made (on a dry run: that would be made), with its path. Empty when the archive already matched the manifest. */
  readonly changes: ReadonlyArray<DeployChange>;
};

export type ReleaseOutcome = {
  readonly __typename?: 'ReleaseOutcome';
  readonly hook: Hook;
  readonly release: HookRelease;
  readonly created: Scalars['Boolean']['output'];
  readonly madeLive: Scalars['Boolean']['output'];
  /** True when the artifact was known under another source ref. The release keeps both refs. */
  readonly sourceRefAdded: Scalars['Boolean']['output'];
  /** Records of the conventions that use the hook whose rows come from a release that is not live. The rows stay readable; `backfill` recomputes them. */
  readonly staleRecords: Scalars['BigInt']['output'];
  /** Records of the conventions that use the hook for which no release has an effective result, until a run or `backfill` computes one. */
  readonly missingRecords: Scalars['BigInt']['output'];
};

export type DeployChange = {
  readonly __typename?: 'DeployChange';
  readonly path: Scalars['String']['output'];
  readonly kind: ChangeKind;
  readonly summary: Scalars['String']['output'];
};

export type ChangeKind =
  | 'CREATED'
  | 'UPDATED'
  | 'REMOVED';

/** Immutable per id@version. */
export type Schema = {
  readonly __typename?: 'Schema';
  readonly id: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
  readonly title: Scalars['String']['output'];
  readonly fields: ReadonlyArray<SchemaField>;
  readonly conventions: ReadonlyArray<Convention>;
};


/** Immutable per id@version. */
export type SchemaConventionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type SchemaField = {
  readonly __typename?: 'SchemaField';
  readonly name: Scalars['String']['output'];
  readonly type: FieldType;
  readonly required: Scalars['Boolean']['output'];
  readonly cardinality: FieldCardinality;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly unit?: Maybe<Scalars['String']['output']>;
  readonly examples: ReadonlyArray<Scalars['JSON']['output']>;
  readonly constraints?: Maybe<FieldConstraints>;
};

export type FieldType =
  | 'TEXT'
  | 'NUMBER'
  | 'INTEGER'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATETIME'
  | 'URL'
  /** A value of a vocabulary. `deploy` refuses it in a new schema version: this version of the archive has no vocabularies. */
  | 'TERM';

export type FieldCardinality =
  | 'ONE'
  | 'MANY';

export type FieldConstraints = {
  readonly __typename?: 'FieldConstraints';
  readonly minLength?: Maybe<Scalars['Int']['output']>;
  readonly maxLength?: Maybe<Scalars['Int']['output']>;
  /** An RE2 pattern; it must match the whole value. */
  readonly pattern?: Maybe<Scalars['String']['output']>;
  readonly min?: Maybe<Scalars['Float']['output']>;
  readonly max?: Maybe<Scalars['Float']['output']>;
  readonly vocabulary?: Maybe<Scalars['String']['output']>;
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
  Convention: Convention;
  Hook: Hook;
  Schema: Schema;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Convention:
    ( { __typename: 'Convention' }
    & GraphQLRecursivePick<FederationTypes['Convention'], {"slug":true}> );
  Hook:
    ( { __typename: 'Hook' }
    & GraphQLRecursivePick<FederationTypes['Hook'], {"name":true}> );
  Schema:
    ( { __typename: 'Schema' }
    & GraphQLRecursivePick<FederationTypes['Schema'], {"id":true,"version":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Digest: ResolverTypeWrapper<Scalars['Digest']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Convention: ResolverTypeWrapper<ConventionModel>;
  Hook: ResolverTypeWrapper<HookModel>;
  FileRequirements: ResolverTypeWrapper<FileRequirements>;
  ConventionDocs: ResolverTypeWrapper<ConventionDocs>;
  ConventionExample: ResolverTypeWrapper<ConventionExample>;
  ConventionConnection: ResolverTypeWrapper<ConventionConnectionModel>;
  ConventionEdge: ResolverTypeWrapper<Omit<ConventionEdge, 'node'> & { node: ResolversTypes['Convention'] }>;
  HookRelease: ResolverTypeWrapper<HookReleaseModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DeployInput: DeployInput;
  HookDeployInput: HookDeployInput;
  FeatureSpecInput: FeatureSpecInput;
  TableFeatureInput: TableFeatureInput;
  FeatureCardinality: FeatureCardinality;
  FeatureColumnInput: FeatureColumnInput;
  ColumnType: ColumnType;
  VocabularyFeatureInput: VocabularyFeatureInput;
  ReleaseInput: ReleaseInput;
  RuntimeInput: RuntimeInput;
  OciRuntimeInput: OciRuntimeInput;
  ModuleRuntimeInput: ModuleRuntimeInput;
  RuntimeLimitsInput: RuntimeLimitsInput;
  SchemaInput: SchemaInput;
  SchemaFieldInput: SchemaFieldInput;
  FieldConstraintsInput: FieldConstraintsInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FileRequirementsInput: FileRequirementsInput;
  ConventionDocsInput: ConventionDocsInput;
  ConventionExampleInput: ConventionExampleInput;
  DeployPayload: ResolverTypeWrapper<Omit<DeployPayload, 'convention' | 'hooks'> & { convention?: Maybe<ResolversTypes['Convention']>, hooks: ReadonlyArray<ResolversTypes['ReleaseOutcome']> }>;
  ReleaseOutcome: ResolverTypeWrapper<ReleaseOutcomeModel>;
  DeployChange: ResolverTypeWrapper<DeployChange>;
  ChangeKind: ChangeKind;
  Schema: ResolverTypeWrapper<SchemaModel>;
  SchemaField: ResolverTypeWrapper<SchemaField>;
  FieldType: FieldType;
  FieldCardinality: FieldCardinality;
  FieldConstraints: ResolverTypeWrapper<FieldConstraints>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  Digest: Scalars['Digest']['output'];
  Query: Dictionary<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Mutation: Dictionary<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  PageInfo: PageInfo;
  Convention: ConventionModel;
  Hook: HookModel;
  FileRequirements: FileRequirements;
  ConventionDocs: ConventionDocs;
  ConventionExample: ConventionExample;
  ConventionConnection: ConventionConnectionModel;
  ConventionEdge: Omit<ConventionEdge, 'node'> & { node: ResolversParentTypes['Convention'] };
  HookRelease: HookReleaseModel;
  ID: Scalars['ID']['output'];
  DeployInput: DeployInput;
  HookDeployInput: HookDeployInput;
  FeatureSpecInput: FeatureSpecInput;
  TableFeatureInput: TableFeatureInput;
  FeatureColumnInput: FeatureColumnInput;
  VocabularyFeatureInput: VocabularyFeatureInput;
  ReleaseInput: ReleaseInput;
  RuntimeInput: RuntimeInput;
  OciRuntimeInput: OciRuntimeInput;
  ModuleRuntimeInput: ModuleRuntimeInput;
  RuntimeLimitsInput: RuntimeLimitsInput;
  SchemaInput: SchemaInput;
  SchemaFieldInput: SchemaFieldInput;
  FieldConstraintsInput: FieldConstraintsInput;
  Float: Scalars['Float']['output'];
  FileRequirementsInput: FileRequirementsInput;
  ConventionDocsInput: ConventionDocsInput;
  ConventionExampleInput: ConventionExampleInput;
  DeployPayload: Omit<DeployPayload, 'convention' | 'hooks'> & { convention?: Maybe<ResolversParentTypes['Convention']>, hooks: ReadonlyArray<ResolversParentTypes['ReleaseOutcome']> };
  ReleaseOutcome: ReleaseOutcomeModel;
  DeployChange: DeployChange;
  Schema: SchemaModel;
  SchemaField: SchemaField;
  FieldConstraints: FieldConstraints;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  convention?: Resolver<Maybe<ResolversTypes['Convention']>, ParentType, ContextType, RequireFields<QueryConventionArgs, 'slug'>>;
  conventions?: Resolver<ResolversTypes['ConventionConnection'], ParentType, ContextType, RequireFields<QueryConventionsArgs, 'first'>>;
  schema?: Resolver<Maybe<ResolversTypes['Schema']>, ParentType, ContextType, RequireFields<QuerySchemaArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  removeConvention?: Resolver<ResolversTypes['Boolean'], ParentType, MutationContext, RequireFields<MutationRemoveConventionArgs, 'slug'>>;
  deploy?: Resolver<ResolversTypes['DeployPayload'], ParentType, MutationContext, RequireFields<MutationDeployArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConventionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Convention'] = ResolversParentTypes['Convention'], FederationReferenceType extends FederationReferenceTypes['Convention'] = FederationReferenceTypes['Convention']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Convention']> | FederationReferenceType, FederationReferenceType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['Schema'], ParentType, ContextType>;
  files?: Resolver<ResolversTypes['FileRequirements'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  docs?: Resolver<Maybe<ResolversTypes['ConventionDocs']>, ParentType, ContextType>;
  hooks?: Resolver<ReadonlyArray<ResolversTypes['Hook']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type HookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Hook'] = ResolversParentTypes['Hook'], FederationReferenceType extends FederationReferenceTypes['Hook'] = FederationReferenceTypes['Hook']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Hook']> | FederationReferenceType, FederationReferenceType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  conventions?: Resolver<ReadonlyArray<ResolversTypes['Convention']>, ParentType, ContextType, Partial<HookConventionsArgs>>;
  live?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
};

export type FileRequirementsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileRequirements'] = ResolversParentTypes['FileRequirements']> = {
  acceptedTypes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  minCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxFileSize?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
};

export type ConventionDocsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConventionDocs'] = ResolversParentTypes['ConventionDocs']> = {
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['ConventionExample']>, ParentType, ContextType>;
  whenNotToUse?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConventionExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConventionExample'] = ResolversParentTypes['ConventionExample']> = {
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  interpretation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConventionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConventionConnection'] = ResolversParentTypes['ConventionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ConventionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Convention']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ConventionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConventionEdge'] = ResolversParentTypes['ConventionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
};

export type HookReleaseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRelease'] = ResolversParentTypes['HookRelease']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DeployPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeployPayload'] = ResolversParentTypes['DeployPayload']> = {
  convention?: Resolver<Maybe<ResolversTypes['Convention']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hooks?: Resolver<ReadonlyArray<ResolversTypes['ReleaseOutcome']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['DeployChange']>, ParentType, ContextType>;
};

export type ReleaseOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseOutcome'] = ResolversParentTypes['ReleaseOutcome']> = {
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  madeLive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sourceRefAdded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staleRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  missingRecords?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type DeployChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeployChange'] = ResolversParentTypes['DeployChange']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SchemaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Schema'] = ResolversParentTypes['Schema'], FederationReferenceType extends FederationReferenceTypes['Schema'] = FederationReferenceTypes['Schema']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Schema']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['SchemaField']>, ParentType, ContextType>;
  conventions?: Resolver<ReadonlyArray<ResolversTypes['Convention']>, ParentType, ContextType, Partial<SchemaConventionsArgs>>;
};

export type SchemaFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SchemaField'] = ResolversParentTypes['SchemaField']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['FieldType'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cardinality?: Resolver<ResolversTypes['FieldCardinality'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType>;
  constraints?: Resolver<Maybe<ResolversTypes['FieldConstraints']>, ParentType, ContextType>;
};

export type FieldConstraintsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldConstraints'] = ResolversParentTypes['FieldConstraints']> = {
  minLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pattern?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  min?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  max?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  vocabulary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Digest?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Convention?: ConventionResolvers<ContextType>;
  Hook?: HookResolvers<ContextType>;
  FileRequirements?: FileRequirementsResolvers<ContextType>;
  ConventionDocs?: ConventionDocsResolvers<ContextType>;
  ConventionExample?: ConventionExampleResolvers<ContextType>;
  ConventionConnection?: ConventionConnectionResolvers<ContextType>;
  ConventionEdge?: ConventionEdgeResolvers<ContextType>;
  HookRelease?: HookReleaseResolvers<ContextType>;
  DeployPayload?: DeployPayloadResolvers<ContextType>;
  ReleaseOutcome?: ReleaseOutcomeResolvers<ContextType>;
  DeployChange?: DeployChangeResolvers<ContextType>;
  Schema?: SchemaResolvers<ContextType>;
  SchemaField?: SchemaFieldResolvers<ContextType>;
  FieldConstraints?: FieldConstraintsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  exactlyOne?: ExactlyOneDirectiveResolver<any, any, ContextType>;
};
