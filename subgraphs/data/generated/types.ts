// @ts-nocheck Generated from ../schema.graphql; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DatasetModel, DataTableModel, TableRowModel, TableRowConnectionModel, FeatureRowModel, RecordOutcomeModel, ConventionModel, HookModel, HookReleaseModel, HookRunModel, RecordModel } from '../mappers.ts';
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
  DateTime: { input: Date; output: Date; }
  JSON: { input: import("@strata/domain/shared").Json; output: import("@strata/domain/shared").Json; }
  BigInt: { input: bigint; output: bigint; }
  /** urn:osa:{domain}:{type}:{id}[@version] */
  SRN: { input: import("@strata/domain/shared").Srn; output: import("@strata/domain/shared").Srn; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  readonly datasets: ReadonlyArray<Dataset>;
  readonly dataset?: Maybe<Dataset>;
  /**
   * The rows of one table of a dataset that count now, or counted at `asOf`; with `release`, those of that version of the hook,
   * live or not. In the order of publishing unless `orderBy` says otherwise; rows without a value come last.
   */
  readonly rows: TableRowConnection;
  /** Any row that was ever made, by its `id`, whether it counts now or not. */
  readonly row?: Maybe<TableRow>;
  /** Groups of rows, in the order of their keys, and what is measured of each. At most 4 columns to group by. */
  readonly aggregate: ReadonlyArray<AggregateRow>;
  /** How the numbers, dates or times of a column are spread, from the least to the greatest. 1 to 200 buckets. */
  readonly histogram: Histogram;
};


export type QueryDatasetArgs = {
  convention: Scalars['String']['input'];
};


export type QueryRowsArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  filter?: InputMaybe<Filter>;
  orderBy?: InputMaybe<ReadonlyArray<OrderBy>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  release?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryRowArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAggregateArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  filter?: InputMaybe<Filter>;
  groupBy?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  measures: ReadonlyArray<Measure>;
  limit?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryHistogramArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  column: Scalars['String']['input'];
  filter?: InputMaybe<Filter>;
  buckets?: InputMaybe<Scalars['Int']['input']>;
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
  /** How much of it is computed by the live release; null for a table of records. */
  readonly coverage?: Maybe<Coverage>;
  /** Where to download all of it: /data/{convention}/{table}.{csv,csv.gz,jsonl,parquet}, and what is known of each at ….meta.json. */
  readonly downloads: ReadonlyArray<Download>;
};

export type Download = {
  readonly __typename?: 'Download';
  /** csv, csv.gz, jsonl or parquet. */
  readonly format: Scalars['String']['output'];
  readonly url: Scalars['String']['output'];
};

export type DataColumn = {
  readonly __typename?: 'DataColumn';
  readonly name: Scalars['String']['output'];
  readonly type: ColumnType;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly unit?: Maybe<Scalars['String']['output']>;
  readonly required: Scalars['Boolean']['output'];
};

/** Of each record of the convention, where it stands with this hook. All but `records` add up to `records`. */
export type Coverage = {
  readonly __typename?: 'Coverage';
  readonly records: Scalars['BigInt']['output'];
  /** Passed, by the live release. */
  readonly fresh: Scalars['BigInt']['output'];
  /** Another release than the live one has the result that counts, whatever it found. */
  readonly stale: Scalars['BigInt']['output'];
  readonly empty: Scalars['BigInt']['output'];
  readonly rejected: Scalars['BigInt']['output'];
  readonly errored: Scalars['BigInt']['output'];
  /** No release has a result that counts. */
  readonly missing: Scalars['BigInt']['output'];
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

/**
 * Exactly one key. `contains`, `startsWith` and `search` ignore case. Columns are `records.<field>` or `<hook>.<column>`; a bare
 * name means the table being read. Nothing but `isNull` holds of a value that is missing, and `not` turns that round.
 */
export type Filter = {
  readonly all?: InputMaybe<ReadonlyArray<Filter>>;
  readonly any?: InputMaybe<ReadonlyArray<Filter>>;
  readonly not?: InputMaybe<Filter>;
  readonly eq?: InputMaybe<Comparison>;
  readonly neq?: InputMaybe<Comparison>;
  readonly lt?: InputMaybe<Comparison>;
  readonly lte?: InputMaybe<Comparison>;
  readonly gt?: InputMaybe<Comparison>;
  readonly gte?: InputMaybe<Comparison>;
  /** At most 1,000 values. */
  readonly in?: InputMaybe<Membership>;
  /** A part of a text; of a list, one of its values. */
  readonly contains?: InputMaybe<Comparison>;
  readonly startsWith?: InputMaybe<Comparison>;
  readonly isNull?: InputMaybe<ColumnRef>;
  /** Words in any text of the row, as a search box takes them: "a phrase", or, -not. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
};

export type Comparison = {
  readonly column: Scalars['String']['input'];
  readonly value: Scalars['JSON']['input'];
};

export type Membership = {
  readonly column: Scalars['String']['input'];
  readonly values: ReadonlyArray<Scalars['JSON']['input']>;
};

export type ColumnRef = {
  readonly column: Scalars['String']['input'];
};

export type OrderBy = {
  readonly column: Scalars['String']['input'];
  readonly direction?: InputMaybe<Direction>;
};

export type Direction =
  | 'ASC'
  | 'DESC';

/** COUNT without a column counts rows. The answer names it `count`, or like `avg(score)`. */
export type Measure = {
  readonly op: MeasureOp;
  readonly column?: InputMaybe<Scalars['String']['input']>;
};

export type MeasureOp =
  | 'COUNT'
  | 'COUNT_DISTINCT'
  | 'SUM'
  | 'AVG'
  | 'MIN'
  | 'MAX'
  | 'MEDIAN';

export type AggregateRow = {
  readonly __typename?: 'AggregateRow';
  readonly keys: Scalars['JSON']['output'];
  readonly measures: Scalars['JSON']['output'];
};

export type Histogram = {
  readonly __typename?: 'Histogram';
  readonly column: Scalars['String']['output'];
  /** Each begins where the one before ends and holds its beginning; the last holds its end too. */
  readonly buckets: ReadonlyArray<HistogramBucket>;
  /** Rows without a value. */
  readonly nulls: Scalars['BigInt']['output'];
};

export type HistogramBucket = {
  readonly __typename?: 'HistogramBucket';
  readonly from: Scalars['JSON']['output'];
  readonly to: Scalars['JSON']['output'];
  readonly count: Scalars['BigInt']['output'];
};

/** A row of a hook's table and the exact run that made it. */
export type FeatureRow = {
  readonly __typename?: 'FeatureRow';
  readonly id: Scalars['ID']['output'];
  readonly record: Record;
  readonly hook: Hook;
  readonly run: HookRun;
  readonly values: Scalars['JSON']['output'];
  readonly stale: Scalars['Boolean']['output'];
};

/** What a hook made of a record. A hook that found nothing is EMPTY, which is not the same as MISSING. */
export type RecordOutcome = {
  readonly __typename?: 'RecordOutcome';
  readonly hook: Hook;
  readonly status: OutcomeStatus;
  readonly run?: Maybe<HookRun>;
  readonly release?: Maybe<HookRelease>;
  readonly rowCount: Scalars['Int']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Another release than the live one made it. */
  readonly stale: Scalars['Boolean']['output'];
  readonly at?: Maybe<Scalars['DateTime']['output']>;
};

export type OutcomeStatus =
  | 'PASSED'
  | 'EMPTY'
  | 'REJECTED'
  | 'ERRORED'
  | 'MISSING';

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

export type Hook = {
  readonly __typename?: 'Hook';
  readonly name: Scalars['String']['output'];
};

export type HookRelease = {
  readonly __typename?: 'HookRelease';
  readonly id: Scalars['ID']['output'];
};

export type Record = {
  readonly __typename?: 'Record';
  readonly srn: Scalars['SRN']['output'];
  /** Per hook of its convention: computed, rejected, empty, stale or not yet computed. */
  readonly outcomes: ReadonlyArray<RecordOutcome>;
  /** The effective rows of one hook for this record, now or at `asOf`. At most 1,000; beyond that, `rows` reads them page by page. */
  readonly features: ReadonlyArray<FeatureRow>;
};


export type RecordFeaturesArgs = {
  hook: Scalars['String']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
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
  Record: Record;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Record:
    ( { __typename: 'Record' }
    & GraphQLRecursivePick<FederationTypes['Record'], {"srn":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  SRN: ResolverTypeWrapper<Scalars['SRN']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Dataset: ResolverTypeWrapper<DatasetModel>;
  DataTable: ResolverTypeWrapper<DataTableModel>;
  Download: ResolverTypeWrapper<Download>;
  DataColumn: ResolverTypeWrapper<DataColumn>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Coverage: ResolverTypeWrapper<Coverage>;
  ColumnType: ColumnType;
  TableRow: ResolverTypeWrapper<TableRowModel>;
  TableRowConnection: ResolverTypeWrapper<TableRowConnectionModel>;
  TableRowEdge: ResolverTypeWrapper<Omit<TableRowEdge, 'node'> & { node: ResolversTypes['TableRow'] }>;
  Filter: Filter;
  Comparison: Comparison;
  Membership: Membership;
  ColumnRef: ColumnRef;
  OrderBy: OrderBy;
  Direction: Direction;
  Measure: Measure;
  MeasureOp: MeasureOp;
  AggregateRow: ResolverTypeWrapper<AggregateRow>;
  Histogram: ResolverTypeWrapper<Histogram>;
  HistogramBucket: ResolverTypeWrapper<HistogramBucket>;
  FeatureRow: ResolverTypeWrapper<FeatureRowModel>;
  RecordOutcome: ResolverTypeWrapper<RecordOutcomeModel>;
  OutcomeStatus: OutcomeStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Convention: ResolverTypeWrapper<ConventionModel>;
  HookRun: ResolverTypeWrapper<HookRunModel>;
  Hook: ResolverTypeWrapper<HookModel>;
  HookRelease: ResolverTypeWrapper<HookReleaseModel>;
  Record: ResolverTypeWrapper<RecordModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  SRN: Scalars['SRN']['output'];
  Query: Dictionary<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  Dataset: DatasetModel;
  DataTable: DataTableModel;
  Download: Download;
  DataColumn: DataColumn;
  Boolean: Scalars['Boolean']['output'];
  Coverage: Coverage;
  TableRow: TableRowModel;
  TableRowConnection: TableRowConnectionModel;
  TableRowEdge: Omit<TableRowEdge, 'node'> & { node: ResolversParentTypes['TableRow'] };
  Filter: Filter;
  Comparison: Comparison;
  Membership: Membership;
  ColumnRef: ColumnRef;
  OrderBy: OrderBy;
  Measure: Measure;
  AggregateRow: AggregateRow;
  Histogram: Histogram;
  HistogramBucket: HistogramBucket;
  FeatureRow: FeatureRowModel;
  RecordOutcome: RecordOutcomeModel;
  PageInfo: PageInfo;
  Convention: ConventionModel;
  HookRun: HookRunModel;
  Hook: HookModel;
  HookRelease: HookReleaseModel;
  Record: RecordModel;
};

export type ExactlyOneDirectiveArgs = { };

export type ExactlyOneDirectiveResolver<Result, Parent, ContextType = SubgraphContext, Args = ExactlyOneDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export interface SrnScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SRN'], any> {
  name: 'SRN';
}

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  datasets?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType, RequireFields<QueryDatasetArgs, 'convention'>>;
  rows?: Resolver<ResolversTypes['TableRowConnection'], ParentType, ContextType, RequireFields<QueryRowsArgs, 'convention' | 'table' | 'first'>>;
  row?: Resolver<Maybe<ResolversTypes['TableRow']>, ParentType, ContextType, RequireFields<QueryRowArgs, 'id'>>;
  aggregate?: Resolver<ReadonlyArray<ResolversTypes['AggregateRow']>, ParentType, ContextType, RequireFields<QueryAggregateArgs, 'convention' | 'table' | 'measures' | 'limit'>>;
  histogram?: Resolver<ResolversTypes['Histogram'], ParentType, ContextType, RequireFields<QueryHistogramArgs, 'convention' | 'table' | 'column' | 'buckets'>>;
};

export type DatasetResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  tables?: Resolver<ReadonlyArray<ResolversTypes['DataTable']>, ParentType, ContextType>;
};

export type DataTableResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DataTable'] = ResolversParentTypes['DataTable']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['DataColumn']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  coverage?: Resolver<Maybe<ResolversTypes['Coverage']>, ParentType, ContextType>;
  downloads?: Resolver<ReadonlyArray<ResolversTypes['Download']>, ParentType, ContextType>;
};

export type DownloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Download'] = ResolversParentTypes['Download']> = {
  format?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DataColumnResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DataColumn'] = ResolversParentTypes['DataColumn']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  records?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  fresh?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  empty?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  errored?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
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

export type AggregateRowResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AggregateRow'] = ResolversParentTypes['AggregateRow']> = {
  keys?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  measures?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type HistogramResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Histogram'] = ResolversParentTypes['Histogram']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  buckets?: Resolver<ReadonlyArray<ResolversTypes['HistogramBucket']>, ParentType, ContextType>;
  nulls?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type HistogramBucketResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistogramBucket'] = ResolversParentTypes['HistogramBucket']> = {
  from?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type FeatureRowResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['FeatureRow'] = ResolversParentTypes['FeatureRow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['HookRun'], ParentType, ContextType>;
  values?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RecordOutcomeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RecordOutcome'] = ResolversParentTypes['RecordOutcome']> = {
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType>;
  release?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
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

export type HookResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Hook'] = ResolversParentTypes['Hook']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookReleaseResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HookRelease'] = ResolversParentTypes['HookRelease']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RecordResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record'], FederationReferenceType extends FederationReferenceTypes['Record'] = FederationReferenceTypes['Record']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Record']> | FederationReferenceType, FederationReferenceType, ContextType>;
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  outcomes?: Resolver<ReadonlyArray<ResolversTypes['RecordOutcome']>, ParentType, ContextType>;
  features?: Resolver<ReadonlyArray<ResolversTypes['FeatureRow']>, ParentType, ContextType, RequireFields<RecordFeaturesArgs, 'hook'>>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  SRN?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DataTable?: DataTableResolvers<ContextType>;
  Download?: DownloadResolvers<ContextType>;
  DataColumn?: DataColumnResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  TableRow?: TableRowResolvers<ContextType>;
  TableRowConnection?: TableRowConnectionResolvers<ContextType>;
  TableRowEdge?: TableRowEdgeResolvers<ContextType>;
  AggregateRow?: AggregateRowResolvers<ContextType>;
  Histogram?: HistogramResolvers<ContextType>;
  HistogramBucket?: HistogramBucketResolvers<ContextType>;
  FeatureRow?: FeatureRowResolvers<ContextType>;
  RecordOutcome?: RecordOutcomeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Convention?: ConventionResolvers<ContextType>;
  HookRun?: HookRunResolvers<ContextType>;
  Hook?: HookResolvers<ContextType>;
  HookRelease?: HookReleaseResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = SubgraphContext> = {
  exactlyOne?: ExactlyOneDirectiveResolver<any, any, ContextType>;
};
