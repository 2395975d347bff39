// @ts-nocheck Generated from ../schema.graphql; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DatasetModel, TableRowModel, TableRowConnectionModel, ConventionModel, HookRunModel, RecordModel } from '../mappers.ts';
import type { SubgraphContext } from '../../server/context.ts';
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
  JSON: { input: import("@strata/domain/shared").Json; output: import("@strata/domain/shared").Json; }
  BigInt: { input: bigint; output: bigint; }
  /** ISO 8601 with its zone */
  DateTime: { input: Date; output: Date; }
  /** urn:osa:{domain}:{type}:{id}[@version] */
  SRN: { input: import("@strata/domain/shared").Srn; output: import("@strata/domain/shared").Srn; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  readonly datasets: ReadonlyArray<Dataset>;
  readonly dataset?: Maybe<Dataset>;
  /** The rows of one table of a dataset, in the order of publishing; of a hook's table the effective ones. */
  readonly rows: TableRowConnection;
  /**
   * Where something came from (UPSTREAM), what came of it (DOWNSTREAM), or both. `of` is the id of a record, run, release, row or
   * pointer event, or one like `hook:quality`; every node's id will do. At most `maxNodes` nodes are drawn, and never more than
   * 1,000; what was left out is counted. `asOf` draws what was there at that time.
   */
  readonly provenance: ProvenanceGraph;
};


export type QueryDatasetArgs = {
  convention: Scalars['String']['input'];
};


export type QueryRowsArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProvenanceArgs = {
  of: Scalars['ID']['input'];
  direction?: InputMaybe<ProvenanceDirection>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Everything an analyst can read of one convention: its records table and one table per hook. */
export type Dataset = {
  readonly __typename?: 'Dataset';
  readonly convention: Convention;
  readonly tables: ReadonlyArray<DataTable>;
};

export type DataTable = {
  readonly __typename?: 'DataTable';
  readonly name: Scalars['String']['output'];
  readonly columns: ReadonlyArray<DataColumn>;
  readonly rowCount: Scalars['BigInt']['output'];
};

export type DataColumn = {
  readonly __typename?: 'DataColumn';
  readonly name: Scalars['String']['output'];
  readonly type: ColumnType;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly unit?: Maybe<Scalars['String']['output']>;
  readonly required: Scalars['Boolean']['output'];
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

/** A row of any table: the column values, its record, and its run when a hook made it. */
export type TableRow = {
  readonly __typename?: 'TableRow';
  readonly id: Scalars['ID']['output'];
  readonly record: Record;
  /** The run that made the row; null for a row of the records table. */
  readonly run?: Maybe<HookRun>;
  readonly values: Scalars['JSON']['output'];
  /** Another release than the live one made it. */
  readonly stale: Scalars['Boolean']['output'];
};

export type TableRowConnection = {
  readonly __typename?: 'TableRowConnection';
  readonly edges: ReadonlyArray<TableRowEdge>;
  readonly nodes: ReadonlyArray<TableRow>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type TableRowEdge = {
  readonly __typename?: 'TableRowEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TableRow;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type Convention = {
  readonly __typename?: 'Convention';
  readonly slug: Scalars['String']['output'];
};

export type HookRun = {
  readonly __typename?: 'HookRun';
  readonly id: Scalars['ID']['output'];
};

export type Record = {
  readonly __typename?: 'Record';
  readonly srn: Scalars['SRN']['output'];
};

export type ProvenanceGraph = {
  readonly __typename?: 'ProvenanceGraph';
  readonly root: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<ProvenanceNode>;
  readonly edges: ReadonlyArray<ProvenanceEdge>;
  /** Honest about what was left out, exactly, by kind. */
  readonly omitted: ReadonlyArray<OmittedCount>;
};

export type ProvenanceNode = {
  readonly __typename?: 'ProvenanceNode';
  readonly id: Scalars['ID']['output'];
  readonly kind: ProvenanceKind;
  readonly label: Scalars['String']['output'];
  /** How many things it stands for: the rows of a feature set, else one. */
  readonly count: Scalars['BigInt']['output'];
  readonly attributes: Scalars['JSON']['output'];
  /** Something next to it was left out: ask for its own provenance to go on. */
  readonly expandable: Scalars['Boolean']['output'];
};

export type ProvenanceEdge = {
  readonly __typename?: 'ProvenanceEdge';
  readonly from: Scalars['ID']['output'];
  readonly to: Scalars['ID']['output'];
  readonly relation: ProvenanceRelation;
  readonly count: Scalars['BigInt']['output'];
};

/** How many distinct nodes of a kind are one step from a node that is drawn, and are not drawn. */
export type OmittedCount = {
  readonly __typename?: 'OmittedCount';
  readonly kind: ProvenanceKind;
  readonly count: Scalars['BigInt']['output'];
};

export type ProvenanceKind =
  | 'RECORD'
  | 'FILE'
  | 'SOURCE'
  | 'CONVENTION'
  | 'SCHEMA'
  | 'HOOK'
  | 'RELEASE'
  | 'RUN'
  | 'FEATURE_SET'
  | 'FEATURE_ROW'
  | 'POINTER_EVENT'
  | 'AGENT'
  | 'NODE';

export type ProvenanceRelation =
  | 'WAS_GENERATED_BY'
  | 'USED'
  | 'WAS_DERIVED_FROM'
  | 'WAS_ATTRIBUTED_TO'
  | 'WAS_ASSOCIATED_WITH'
  | 'HAD_PLAN'
  | 'WAS_INFORMED_BY'
  | 'SPECIALIZATION_OF'
  | 'HAD_MEMBER';

export type ProvenanceDirection =
  | 'UPSTREAM'
  | 'DOWNSTREAM'
  | 'BOTH';



export type ResolverTypeWrapper<T> = Promise<T> | T;


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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  SRN: ResolverTypeWrapper<Scalars['SRN']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Dataset: ResolverTypeWrapper<DatasetModel>;
  DataTable: ResolverTypeWrapper<DataTable>;
  DataColumn: ResolverTypeWrapper<DataColumn>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ColumnType: ColumnType;
  TableRow: ResolverTypeWrapper<TableRowModel>;
  TableRowConnection: ResolverTypeWrapper<TableRowConnectionModel>;
  TableRowEdge: ResolverTypeWrapper<Omit<TableRowEdge, 'node'> & { node: ResolversTypes['TableRow'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Convention: ResolverTypeWrapper<ConventionModel>;
  HookRun: ResolverTypeWrapper<HookRunModel>;
  Record: ResolverTypeWrapper<RecordModel>;
  ProvenanceGraph: ResolverTypeWrapper<ProvenanceGraph>;
  ProvenanceNode: ResolverTypeWrapper<ProvenanceNode>;
  ProvenanceEdge: ResolverTypeWrapper<ProvenanceEdge>;
  OmittedCount: ResolverTypeWrapper<OmittedCount>;
  ProvenanceKind: ProvenanceKind;
  ProvenanceRelation: ProvenanceRelation;
  ProvenanceDirection: ProvenanceDirection;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  DateTime: Scalars['DateTime']['output'];
  SRN: Scalars['SRN']['output'];
  Query: Dictionary<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  Dataset: DatasetModel;
  DataTable: DataTable;
  DataColumn: DataColumn;
  Boolean: Scalars['Boolean']['output'];
  TableRow: TableRowModel;
  TableRowConnection: TableRowConnectionModel;
  TableRowEdge: Omit<TableRowEdge, 'node'> & { node: ResolversParentTypes['TableRow'] };
  PageInfo: PageInfo;
  Convention: ConventionModel;
  HookRun: HookRunModel;
  Record: RecordModel;
  ProvenanceGraph: ProvenanceGraph;
  ProvenanceNode: ProvenanceNode;
  ProvenanceEdge: ProvenanceEdge;
  OmittedCount: OmittedCount;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface SrnScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SRN'], any> {
  name: 'SRN';
}

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  datasets?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType, RequireFields<QueryDatasetArgs, 'convention'>>;
  rows?: Resolver<ResolversTypes['TableRowConnection'], ParentType, ContextType, RequireFields<QueryRowsArgs, 'convention' | 'table' | 'first'>>;
  provenance?: Resolver<ResolversTypes['ProvenanceGraph'], ParentType, ContextType, RequireFields<QueryProvenanceArgs, 'of' | 'direction' | 'maxNodes'>>;
};

export type DatasetResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  tables?: Resolver<ReadonlyArray<ResolversTypes['DataTable']>, ParentType, ContextType>;
};

export type DataTableResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DataTable'] = ResolversParentTypes['DataTable']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['DataColumn']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type DataColumnResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DataColumn'] = ResolversParentTypes['DataColumn']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TableRowResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TableRow'] = ResolversParentTypes['TableRow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType>;
  values?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TableRowConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TableRowConnection'] = ResolversParentTypes['TableRowConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TableRowEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TableRow']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TableRowEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['TableRowEdge'] = ResolversParentTypes['TableRowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TableRow'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConventionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Convention'] = ResolversParentTypes['Convention']> = {
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookRunResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HookRun'] = ResolversParentTypes['HookRun']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RecordResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record']> = {
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
};

export type ProvenanceGraphResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProvenanceGraph'] = ResolversParentTypes['ProvenanceGraph']> = {
  root?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ProvenanceNode']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProvenanceEdge']>, ParentType, ContextType>;
  omitted?: Resolver<ReadonlyArray<ResolversTypes['OmittedCount']>, ParentType, ContextType>;
};

export type ProvenanceNodeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProvenanceNode'] = ResolversParentTypes['ProvenanceNode']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ProvenanceKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  expandable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ProvenanceEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProvenanceEdge'] = ResolversParentTypes['ProvenanceEdge']> = {
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['ProvenanceRelation'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type OmittedCountResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OmittedCount'] = ResolversParentTypes['OmittedCount']> = {
  kind?: Resolver<ResolversTypes['ProvenanceKind'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  JSON?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  SRN?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DataTable?: DataTableResolvers<ContextType>;
  DataColumn?: DataColumnResolvers<ContextType>;
  TableRow?: TableRowResolvers<ContextType>;
  TableRowConnection?: TableRowConnectionResolvers<ContextType>;
  TableRowEdge?: TableRowEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Convention?: ConventionResolvers<ContextType>;
  HookRun?: HookRunResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
  ProvenanceGraph?: ProvenanceGraphResolvers<ContextType>;
  ProvenanceNode?: ProvenanceNodeResolvers<ContextType>;
  ProvenanceEdge?: ProvenanceEdgeResolvers<ContextType>;
  OmittedCount?: OmittedCountResolvers<ContextType>;
};

