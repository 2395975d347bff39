// @ts-nocheck Generated from the schema.graphql files of this subgraph; do not edit.
import type { Dictionary } from '../../server/dictionary.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DatasetModel, DataTableModel, TableRowModel, TableRowConnectionModel, FeatureRowModel, RecordOutcomeModel, ConventionModel, HookModel, HookReleaseModel, HookRunModel, RecordModel, PointerEventModel, RowExplanationModel, VerifiedArtifactModel, BlastRadiusModel, HookRunConnectionModel, RecordConnectionModel, ReleaseDiffModel, RowDiffModel, CitationModel, CitationChangeModel } from '../mappers.ts';
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
  /** sha256:<64 hex> */
  Digest: { input: import("@strata/domain/shared").Digest; output: import("@strata/domain/shared").Digest; }
  JSON: { input: import("@strata/domain/shared").Json; output: import("@strata/domain/shared").Json; }
  BigInt: { input: bigint; output: bigint; }
  /** urn:osa:{domain}:{type}:{id}[@version] */
  SRN: { input: import("@strata/domain/shared").Srn; output: import("@strata/domain/shared").Srn; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  readonly __typename?: 'Query';
  /** A stored citation, by the id in its address. */
  readonly citation: Citation;
  /** Ordered by slug. With `first` (at most 1,000), the first ones. Without it, all of them; more than 100 are an error. */
  readonly datasets: ReadonlyArray<Dataset>;
  /** Null when there is none. The other queries answer an unknown dataset or table with NOT_FOUND, and an unknown column with BAD_USER_INPUT. */
  readonly dataset?: Maybe<Dataset>;
  /**
   * The effective rows of one table of a dataset, now or at `asOf`. With `release`, the rows of that version of the hook, live or
   * not. Ordered by publish time unless `orderBy` says otherwise; rows without a value come last.
   */
  readonly rows: TableRowConnection;
  /** Any row that was ever made, by its `id`, whether it is effective or not. */
  readonly row?: Maybe<TableRow>;
  /** Groups of rows, in the order of their keys, and what is measured of each. At most 4 columns to group by. */
  readonly aggregate: ReadonlyArray<AggregateRow>;
  /** How the numbers, dates or times of a column are spread, from the least to the greatest. 1 to 200 buckets. */
  readonly histogram: Histogram;
  /**
   * The causes of something (UPSTREAM), its effects (DOWNSTREAM), or both. `of` is the id of a record, run, release, row or pointer
   * event, or the id of any node, like `hook:quality`. The graph has at most `maxNodes` nodes, and at most 1,000; nodes left out are
   * counted. `asOf` draws the graph as of that time.
   */
  readonly provenance: ProvenanceGraph;
  /** Why does this row of a hook's table have these values? `row` is its `id`. With `asOf`, the answer as of that time. */
  readonly why: RowExplanation;
  /**
   * Everything that was made with an image or module (by digest), a source ref, a release or a run. The counts are 0 when
   * nothing was made with it.
   */
  readonly blastRadius: BlastRadius;
  /**
   * What did the new release change? Compares the rows of all records that both releases have a result for, matched by record
   * and ordinal. Numbers a and b are equal when |a - b| <= tolerance * max(1, |a|, |b|). A filter selects records; a condition on
   * the hook's own columns must hold for a row of either release. `convention` is required with a filter when several conventions
   * use the hook. 0 to 200 examples.
   */
  readonly releaseDiff: ReleaseDiff;
};


export type QueryCitationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryDatasetsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
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
  versions: Versions;
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
  versions: Versions;
};


export type QueryHistogramArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  column: Scalars['String']['input'];
  filter?: InputMaybe<Filter>;
  buckets?: InputMaybe<Scalars['Int']['input']>;
  versions: Versions;
};


export type QueryProvenanceArgs = {
  of: Scalars['ID']['input'];
  direction?: InputMaybe<ProvenanceDirection>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryWhyArgs = {
  row: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryBlastRadiusArgs = {
  of: BlastRadiusOf;
};


export type QueryReleaseDiffArgs = {
  hook: Scalars['String']['input'];
  from: Scalars['Int']['input'];
  to: Scalars['Int']['input'];
  filter?: InputMaybe<Filter>;
  tolerance?: InputMaybe<Scalars['Float']['input']>;
  examples?: InputMaybe<Scalars['Int']['input']>;
  convention?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * records:write or DEPOSITOR. Stores a selection of a table's rows, as of now or `asOf`, under a short id that always returns the
   * same rows. Citing the same rows again returns the existing citation as long as nothing has changed.
   */
  readonly cite: Citation;
};


export type MutationCiteArgs = {
  convention: Scalars['String']['input'];
  table: Scalars['String']['input'];
  filter?: InputMaybe<Filter>;
  orderBy?: InputMaybe<ReadonlyArray<OrderBy>>;
  release?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
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

export type Hook = {
  readonly __typename?: 'Hook';
  readonly name: Scalars['String']['output'];
};

export type HookRelease = {
  readonly __typename?: 'HookRelease';
  readonly id: Scalars['ID']['output'];
};

/** A dataset, a record or a selection of rows as of a time. It always returns the same rows. */
export type Citation = {
  readonly __typename?: 'Citation';
  readonly id: Scalars['ID']['output'];
  /** As text for a list of references. */
  readonly text: Scalars['String']['output'];
  readonly bibtex: Scalars['String']['output'];
  /** For reference managers. */
  readonly cslJson: Scalars['JSON']['output'];
  /** Its address: JSON by default, or with .txt, .bib, .csl.json; the rows of a selection with .csv, .csv.gz, .jsonl, .parquet. */
  readonly url: Scalars['String']['output'];
  readonly asOf: Scalars['DateTime']['output'];
  readonly convention: Convention;
  /** Set for a citation of a record. */
  readonly record?: Maybe<Record>;
  /** This and the following fields are set for a citation of a selection. */
  readonly table?: Maybe<Scalars['String']['output']>;
  readonly filter?: Maybe<Scalars['JSON']['output']>;
  readonly orderBy?: Maybe<Scalars['JSON']['output']>;
  readonly release?: Maybe<Scalars['Int']['output']>;
  /** The number of rows when they were cited. */
  readonly rowCount?: Maybe<Scalars['BigInt']['output']>;
  /** The number of rows that are erased since, because their records were REMOVED. */
  readonly removedRowCount?: Maybe<Scalars['BigInt']['output']>;
  readonly rows?: Maybe<TableRowConnection>;
  /** The releases of the selection's rows. For a record: of its effective results. For a dataset: all releases that had computed its records and were not yanked. */
  readonly releases: ReadonlyArray<HookRelease>;
  /**
   * The changes since `asOf` that concern the cited content, latest first: newer versions and withdrawals of its records, releases that
   * computed them, and releases that were yanked. Cited content stays the same, except that the content of REMOVED records is erased.
   */
  readonly changes: ReadonlyArray<CitationChange>;
  /** The number of all changes. */
  readonly changeCount: Scalars['Int']['output'];
};


/** A dataset, a record or a selection of rows as of a time. It always returns the same rows. */
export type CitationRowsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A dataset, a record or a selection of rows as of a time. It always returns the same rows. */
export type CitationReleasesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A dataset, a record or a selection of rows as of a time. It always returns the same rows. */
export type CitationChangesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type CitationChangeKind =
  /** `record` is a newer version of a cited record. */
  | 'REVISED'
  /** `record` is withdrawn. Its content is still readable. */
  | 'RETRACTED'
  /** `record` is withdrawn and its content erased. For a selection with a filter, it may have been in the selection: the filter cannot be tested on erased values. */
  | 'REMOVED'
  /** `release` computed cited records; `at` is the first time since the citation. */
  | 'RECOMPUTED'
  /** `release`, whose results are cited, was yanked. */
  | 'YANKED';

export type CitationChange = {
  readonly __typename?: 'CitationChange';
  readonly kind: CitationChangeKind;
  readonly record?: Maybe<Record>;
  readonly release?: Maybe<HookRelease>;
  readonly at: Scalars['DateTime']['output'];
};

/** Rows of which versions of records. */
export type Versions =
  /** Of the newest versions of records that are not withdrawn. */
  | 'COUNTING'
  /** Of all versions, also of withdrawn records. The record of a row says which version it is about. */
  | 'ALL';

/** Everything an analyst can read of one convention: its records table and one table per hook. */
export type Dataset = {
  readonly __typename?: 'Dataset';
  readonly convention: Convention;
  /** The convention's licence: an SPDX licence expression or an http(s) address. Null when not stated. */
  readonly license?: Maybe<Scalars['String']['output']>;
  readonly tables: ReadonlyArray<DataTable>;
  /** A citation of the whole dataset as it is now. */
  readonly citation: Citation;
};

export type DataTable = {
  readonly __typename?: 'DataTable';
  readonly name: Scalars['String']['output'];
  readonly columns: ReadonlyArray<DataColumn>;
  readonly rowCount: Scalars['BigInt']['output'];
  /** How many records the live release has computed. Null for a records table. */
  readonly coverage?: Maybe<Coverage>;
  /** Addresses of the whole table: /data/{convention}/{table}.{csv,csv.gz,jsonl,parquet}. Add .meta.json to one for its manifest. */
  readonly downloads: ReadonlyArray<Download>;
};

export type DataColumn = {
  readonly __typename?: 'DataColumn';
  readonly name: Scalars['String']['output'];
  readonly type: ColumnType;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly unit?: Maybe<Scalars['String']['output']>;
  readonly required: Scalars['Boolean']['output'];
};

/** The number of the convention's records in each state for this hook. All fields but `records` add up to `records`. */
export type Coverage = {
  readonly __typename?: 'Coverage';
  readonly records: Scalars['BigInt']['output'];
  /** The live release passed the record. */
  readonly fresh: Scalars['BigInt']['output'];
  /** The effective result is from a release that is not live, whatever its outcome. */
  readonly stale: Scalars['BigInt']['output'];
  readonly empty: Scalars['BigInt']['output'];
  readonly rejected: Scalars['BigInt']['output'];
  readonly errored: Scalars['BigInt']['output'];
  /** No release has an effective result. */
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

/** A row of any table: its column values, its record and, for a hook's row, its run. */
export type TableRow = {
  readonly __typename?: 'TableRow';
  readonly id: Scalars['ID']['output'];
  readonly record: Record;
  /** The run that made the row; null for a row of the records table. */
  readonly run?: Maybe<HookRun>;
  readonly values: Scalars['JSON']['output'];
  /** The row is from a release that is not live. */
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
 * Give exactly one key. `contains`, `startsWith` and `search` ignore case. Columns are `records.<field>` or `<hook>.<column>`; a bare
 * name is a column of the table being read. A missing value matches only `isNull`; `not` inverts this.
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
  /** A substring of a text, or an element of a list. */
  readonly contains?: InputMaybe<Comparison>;
  readonly startsWith?: InputMaybe<Comparison>;
  readonly isNull?: InputMaybe<ColumnRef>;
  /** Words in any text of the row, in search-box syntax: "a phrase", or, -not. */
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

/** COUNT without a column counts rows. The answer calls it `count`; other measures have names like `avg(score)`. */
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
  /** Adjacent. Each bucket includes its lower bound; only the last one includes its upper bound. */
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

export type Download = {
  readonly __typename?: 'Download';
  /** csv, csv.gz, jsonl or parquet. */
  readonly format: Scalars['String']['output'];
  readonly url: Scalars['String']['output'];
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

/** The outcome of a hook for a record. EMPTY means the hook found nothing; MISSING means no result. */
export type RecordOutcome = {
  readonly __typename?: 'RecordOutcome';
  readonly hook: Hook;
  readonly status: OutcomeStatus;
  readonly run?: Maybe<HookRun>;
  readonly release?: Maybe<HookRelease>;
  readonly rowCount: Scalars['Int']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** The result is from a release that is not live. */
  readonly stale: Scalars['Boolean']['output'];
  /** Why the live release is not the source of this result: not computed, computed by another release, an error, or yanked. Null when it is the source. */
  readonly staleBecause?: Maybe<Scalars['String']['output']>;
  readonly at?: Maybe<Scalars['DateTime']['output']>;
};

export type OutcomeStatus =
  | 'PASSED'
  | 'EMPTY'
  | 'REJECTED'
  | 'ERRORED'
  | 'MISSING';

export type Record = {
  readonly __typename?: 'Record';
  readonly srn: Scalars['SRN']['output'];
  /** One outcome per hook of its convention. A hook that has not computed the record is MISSING. */
  readonly outcomes: ReadonlyArray<RecordOutcome>;
  /**
   * The effective rows of one hook for this record, now or at `asOf`. With `first` (at most 1,000), the first ones by ordinal. Without
   * it, all rows; more than 100 are an error. `rows` reads any number, page by page.
   */
  readonly features: ReadonlyArray<FeatureRow>;
  /** A citation of this record with its current hook results. */
  readonly citation: Citation;
};


export type RecordFeaturesArgs = {
  hook: Scalars['String']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ProvenanceGraph = {
  readonly __typename?: 'ProvenanceGraph';
  readonly root: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<ProvenanceNode>;
  readonly edges: ReadonlyArray<ProvenanceEdge>;
  /** Exact counts of the nodes left out, by kind. */
  readonly omitted: ReadonlyArray<OmittedCount>;
};

export type ProvenanceNode = {
  readonly __typename?: 'ProvenanceNode';
  readonly id: Scalars['ID']['output'];
  readonly kind: ProvenanceKind;
  readonly label: Scalars['String']['output'];
  /** How many items the node stands for: the rows of a feature set, otherwise one. */
  readonly count: Scalars['BigInt']['output'];
  readonly attributes: Scalars['JSON']['output'];
  /** A neighbour was left out. Ask for this node's provenance to see more. */
  readonly expandable: Scalars['Boolean']['output'];
};

export type ProvenanceEdge = {
  readonly __typename?: 'ProvenanceEdge';
  readonly from: Scalars['ID']['output'];
  readonly to: Scalars['ID']['output'];
  readonly relation: ProvenanceRelation;
  readonly count: Scalars['BigInt']['output'];
};

/** The number of distinct nodes of a kind that are one step from a drawn node and are not drawn. */
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
  /** From a version of a record to the version before it. */
  | 'WAS_REVISION_OF'
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

export type PointerEvent = {
  readonly __typename?: 'PointerEvent';
  readonly id: Scalars['ID']['output'];
};

/** Why a row has its values, in one answer. */
export type RowExplanation = {
  readonly __typename?: 'RowExplanation';
  readonly row: TableRow;
  /** The version of the record that it is about. */
  readonly record: Record;
  /** With its attempts, digests, counts and run.json. */
  readonly run: HookRun;
  readonly release: HookRelease;
  /** What ran, as resolved and verified in run.json. The registry may have changed since. */
  readonly ran: VerifiedArtifact;
  /** The pointer move that made the release live before the run started. Null when the run requested a version explicitly. */
  readonly madeLiveBy?: Maybe<PointerEvent>;
  /** Null if that version of the record counts. Otherwise none of its rows counts, because a newer version replaced it or the record was withdrawn. */
  readonly versionNotCountingBecause?: Maybe<Scalars['String']['output']>;
  /** Whether its result is the effective one for its record. */
  readonly counts: Scalars['Boolean']['output'];
  /**
   * The release whose result is effective for the record: the row's own release, or the one that replaced it. Null if the version of the
   * record does not count.
   */
  readonly countingRelease?: Maybe<HookRelease>;
  /** Why the row is not what the live release says. Null when it is. */
  readonly staleBecause?: Maybe<Scalars['String']['output']>;
  /** Rows of the same record by releases that were effective before, latest first. 1 to 1,000. */
  readonly supersedes: ReadonlyArray<TableRow>;
  /** The number of those rows. */
  readonly supersededCount: Scalars['BigInt']['output'];
};


/** Why a row has its values, in one answer. */
export type RowExplanationSupersedesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type VerifiedArtifact = {
  readonly __typename?: 'VerifiedArtifact';
  /** oci or module. */
  readonly type: Scalars['String']['output'];
  readonly image?: Maybe<Scalars['String']['output']>;
  readonly digest: Scalars['Digest']['output'];
  readonly config: Scalars['JSON']['output'];
  readonly sourceRef: Scalars['String']['output'];
  /** The memory of the last attempt. More than the release asks for when an earlier attempt ran out of memory. */
  readonly limits: Scalars['JSON']['output'];
  /** How the process was isolated. */
  readonly isolation: ReadonlyArray<Scalars['String']['output']>;
};

/** Give exactly one key. */
export type BlastRadiusOf = {
  readonly digest?: InputMaybe<Scalars['Digest']['input']>;
  readonly release?: InputMaybe<Scalars['ID']['input']>;
  readonly run?: InputMaybe<Scalars['ID']['input']>;
  /** A source ref, compared as a whole. */
  readonly sourceRef?: InputMaybe<Scalars['String']['input']>;
};

export type BlastRadius = {
  readonly __typename?: 'BlastRadius';
  /** Newest first. */
  readonly releases: ReadonlyArray<HookRelease>;
  /** All runs, with any status. Newest first. */
  readonly runs: HookRunConnection;
  /** Published records with a result of it, newest first. */
  readonly records: RecordConnection;
  readonly recordCount: Scalars['BigInt']['output'];
  /** Its stored rows. The rows of a second run of the same release over a record are not stored. */
  readonly rowCount: Scalars['BigInt']['output'];
  /** Its rows that are effective now. */
  readonly effectiveRowCount: Scalars['BigInt']['output'];
};


export type BlastRadiusReleasesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type BlastRadiusRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type BlastRadiusRecordsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A comparison over the records that both releases computed. */
export type ReleaseDiff = {
  readonly __typename?: 'ReleaseDiff';
  readonly recordCount: Scalars['BigInt']['output'];
  readonly added: Scalars['BigInt']['output'];
  readonly removed: Scalars['BigInt']['output'];
  readonly changed: Scalars['BigInt']['output'];
  readonly unchanged: Scalars['BigInt']['output'];
  /** Every column of the contract, in its order. */
  readonly columns: ReadonlyArray<ColumnDiff>;
  /** Records whose outcome changed. */
  readonly flipped: ReadonlyArray<OutcomeFlip>;
  /** The first rows that differ, in publish order. */
  readonly examples: ReadonlyArray<RowDiff>;
};

export type ColumnDiff = {
  readonly __typename?: 'ColumnDiff';
  readonly column: Scalars['String']['output'];
  /** Rows of both releases whose value changed. */
  readonly changed: Scalars['BigInt']['output'];
  /** Of those, rows without a value before. */
  readonly gained: Scalars['BigInt']['output'];
  /** Of those, rows without a value after. */
  readonly lost: Scalars['BigInt']['output'];
  /** For a numeric column: the other changes by size, in powers of ten. Ascending; at most 40. */
  readonly changes: ReadonlyArray<ChangeBucket>;
};

/** Counts changes whose size is at least the bound nearer to zero and below the other bound. A null bound is infinite. */
export type ChangeBucket = {
  readonly __typename?: 'ChangeBucket';
  readonly from?: Maybe<Scalars['Float']['output']>;
  readonly to?: Maybe<Scalars['Float']['output']>;
  readonly count: Scalars['BigInt']['output'];
};

export type OutcomeFlip = {
  readonly __typename?: 'OutcomeFlip';
  readonly from: OutcomeStatus;
  readonly to: OutcomeStatus;
  readonly count: Scalars['BigInt']['output'];
};

export type RowDiff = {
  readonly __typename?: 'RowDiff';
  readonly record: Record;
  /** The position of the row among its record's rows. */
  readonly ordinal: Scalars['Int']['output'];
  /** Null when the earlier release has no such row. */
  readonly before?: Maybe<Scalars['JSON']['output']>;
  readonly after?: Maybe<Scalars['JSON']['output']>;
  /** The columns whose values differ, for a row of both releases. */
  readonly columns: ReadonlyArray<Scalars['String']['output']>;
};

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
  Digest: ResolverTypeWrapper<Scalars['Digest']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  SRN: ResolverTypeWrapper<Scalars['SRN']['output']>;
  Query: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Mutation: ResolverTypeWrapper<Dictionary<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Convention: ResolverTypeWrapper<ConventionModel>;
  HookRun: ResolverTypeWrapper<HookRunModel>;
  Hook: ResolverTypeWrapper<HookModel>;
  HookRelease: ResolverTypeWrapper<HookReleaseModel>;
  Citation: ResolverTypeWrapper<CitationModel>;
  CitationChangeKind: CitationChangeKind;
  CitationChange: ResolverTypeWrapper<CitationChangeModel>;
  Versions: Versions;
  Dataset: ResolverTypeWrapper<DatasetModel>;
  DataTable: ResolverTypeWrapper<DataTableModel>;
  DataColumn: ResolverTypeWrapper<DataColumn>;
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
  Download: ResolverTypeWrapper<Download>;
  FeatureRow: ResolverTypeWrapper<FeatureRowModel>;
  RecordOutcome: ResolverTypeWrapper<RecordOutcomeModel>;
  OutcomeStatus: OutcomeStatus;
  Record: ResolverTypeWrapper<RecordModel>;
  ProvenanceGraph: ResolverTypeWrapper<ProvenanceGraph>;
  ProvenanceNode: ResolverTypeWrapper<ProvenanceNode>;
  ProvenanceEdge: ResolverTypeWrapper<ProvenanceEdge>;
  OmittedCount: ResolverTypeWrapper<OmittedCount>;
  ProvenanceKind: ProvenanceKind;
  ProvenanceRelation: ProvenanceRelation;
  ProvenanceDirection: ProvenanceDirection;
  PointerEvent: ResolverTypeWrapper<PointerEventModel>;
  RowExplanation: ResolverTypeWrapper<RowExplanationModel>;
  VerifiedArtifact: ResolverTypeWrapper<VerifiedArtifactModel>;
  BlastRadiusOf: BlastRadiusOf;
  BlastRadius: ResolverTypeWrapper<BlastRadiusModel>;
  ReleaseDiff: ResolverTypeWrapper<ReleaseDiffModel>;
  ColumnDiff: ResolverTypeWrapper<ColumnDiff>;
  ChangeBucket: ResolverTypeWrapper<ChangeBucket>;
  OutcomeFlip: ResolverTypeWrapper<OutcomeFlip>;
  RowDiff: ResolverTypeWrapper<RowDiffModel>;
  HookRunConnection: ResolverTypeWrapper<HookRunConnectionModel>;
  HookRunEdge: ResolverTypeWrapper<Omit<HookRunEdge, 'node'> & { node: ResolversTypes['HookRun'] }>;
  RecordConnection: ResolverTypeWrapper<RecordConnectionModel>;
  RecordEdge: ResolverTypeWrapper<Omit<RecordEdge, 'node'> & { node: ResolversTypes['Record'] }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Digest: Scalars['Digest']['output'];
  JSON: Scalars['JSON']['output'];
  BigInt: Scalars['BigInt']['output'];
  SRN: Scalars['SRN']['output'];
  Query: Dictionary<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Float: Scalars['Float']['output'];
  Mutation: Dictionary<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Convention: ConventionModel;
  HookRun: HookRunModel;
  Hook: HookModel;
  HookRelease: HookReleaseModel;
  Citation: CitationModel;
  CitationChange: CitationChangeModel;
  Dataset: DatasetModel;
  DataTable: DataTableModel;
  DataColumn: DataColumn;
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
  Download: Download;
  FeatureRow: FeatureRowModel;
  RecordOutcome: RecordOutcomeModel;
  Record: RecordModel;
  ProvenanceGraph: ProvenanceGraph;
  ProvenanceNode: ProvenanceNode;
  ProvenanceEdge: ProvenanceEdge;
  OmittedCount: OmittedCount;
  PointerEvent: PointerEventModel;
  RowExplanation: RowExplanationModel;
  VerifiedArtifact: VerifiedArtifactModel;
  BlastRadiusOf: BlastRadiusOf;
  BlastRadius: BlastRadiusModel;
  ReleaseDiff: ReleaseDiffModel;
  ColumnDiff: ColumnDiff;
  ChangeBucket: ChangeBucket;
  OutcomeFlip: OutcomeFlip;
  RowDiff: RowDiffModel;
  HookRunConnection: HookRunConnectionModel;
  HookRunEdge: Omit<HookRunEdge, 'node'> & { node: ResolversParentTypes['HookRun'] };
  RecordConnection: RecordConnectionModel;
  RecordEdge: Omit<RecordEdge, 'node'> & { node: ResolversParentTypes['Record'] };
};

export type ExactlyOneDirectiveArgs = { };

export type ExactlyOneDirectiveResolver<Result, Parent, ContextType = Context, Args = ExactlyOneDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DigestScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Digest'], any> {
  name: 'Digest';
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  citation?: Resolver<ResolversTypes['Citation'], ParentType, ContextType, RequireFields<QueryCitationArgs, 'id'>>;
  datasets?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType, Partial<QueryDatasetsArgs>>;
  dataset?: Resolver<Maybe<ResolversTypes['Dataset']>, ParentType, ContextType, RequireFields<QueryDatasetArgs, 'convention'>>;
  rows?: Resolver<ResolversTypes['TableRowConnection'], ParentType, ContextType, RequireFields<QueryRowsArgs, 'convention' | 'table' | 'first' | 'versions'>>;
  row?: Resolver<Maybe<ResolversTypes['TableRow']>, ParentType, ContextType, RequireFields<QueryRowArgs, 'id'>>;
  aggregate?: Resolver<ReadonlyArray<ResolversTypes['AggregateRow']>, ParentType, ContextType, RequireFields<QueryAggregateArgs, 'convention' | 'table' | 'measures' | 'limit' | 'versions'>>;
  histogram?: Resolver<ResolversTypes['Histogram'], ParentType, ContextType, RequireFields<QueryHistogramArgs, 'convention' | 'table' | 'column' | 'buckets' | 'versions'>>;
  provenance?: Resolver<ResolversTypes['ProvenanceGraph'], ParentType, ContextType, RequireFields<QueryProvenanceArgs, 'of' | 'direction' | 'maxNodes'>>;
  why?: Resolver<ResolversTypes['RowExplanation'], ParentType, ContextType, RequireFields<QueryWhyArgs, 'row'>>;
  blastRadius?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType, RequireFields<QueryBlastRadiusArgs, 'of'>>;
  releaseDiff?: Resolver<ResolversTypes['ReleaseDiff'], ParentType, ContextType, RequireFields<QueryReleaseDiffArgs, 'hook' | 'from' | 'to' | 'tolerance' | 'examples'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cite?: Resolver<ResolversTypes['Citation'], ParentType, MutationContext, RequireFields<MutationCiteArgs, 'convention' | 'table'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConventionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Convention'] = ResolversParentTypes['Convention']> = {
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRun'] = ResolversParentTypes['HookRun']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type HookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Hook'] = ResolversParentTypes['Hook']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HookReleaseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HookRelease'] = ResolversParentTypes['HookRelease']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Citation'] = ResolversParentTypes['Citation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bibtex?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cslJson?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
  table?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  orderBy?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  release?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rowCount?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  removedRowCount?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  rows?: Resolver<Maybe<ResolversTypes['TableRowConnection']>, ParentType, ContextType, RequireFields<CitationRowsArgs, 'first'>>;
  releases?: Resolver<ReadonlyArray<ResolversTypes['HookRelease']>, ParentType, ContextType, Partial<CitationReleasesArgs>>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['CitationChange']>, ParentType, ContextType, RequireFields<CitationChangesArgs, 'first'>>;
  changeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CitationChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CitationChange'] = ResolversParentTypes['CitationChange']> = {
  kind?: Resolver<ResolversTypes['CitationChangeKind'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['Record']>, ParentType, ContextType>;
  release?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DatasetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = {
  convention?: Resolver<ResolversTypes['Convention'], ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tables?: Resolver<ReadonlyArray<ResolversTypes['DataTable']>, ParentType, ContextType>;
  citation?: Resolver<ResolversTypes['Citation'], ParentType, ContextType>;
};

export type DataTableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DataTable'] = ResolversParentTypes['DataTable']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['DataColumn']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  coverage?: Resolver<Maybe<ResolversTypes['Coverage']>, ParentType, ContextType>;
  downloads?: Resolver<ReadonlyArray<ResolversTypes['Download']>, ParentType, ContextType>;
};

export type DataColumnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DataColumn'] = ResolversParentTypes['DataColumn']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CoverageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Coverage'] = ResolversParentTypes['Coverage']> = {
  records?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  fresh?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  empty?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  errored?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  missing?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type TableRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TableRow'] = ResolversParentTypes['TableRow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType>;
  values?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TableRowConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TableRowConnection'] = ResolversParentTypes['TableRowConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TableRowEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TableRow']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TableRowEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TableRowEdge'] = ResolversParentTypes['TableRowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TableRow'], ParentType, ContextType>;
};

export type AggregateRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AggregateRow'] = ResolversParentTypes['AggregateRow']> = {
  keys?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  measures?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type HistogramResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Histogram'] = ResolversParentTypes['Histogram']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  buckets?: Resolver<ReadonlyArray<ResolversTypes['HistogramBucket']>, ParentType, ContextType>;
  nulls?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type HistogramBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HistogramBucket'] = ResolversParentTypes['HistogramBucket']> = {
  from?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type DownloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Download'] = ResolversParentTypes['Download']> = {
  format?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FeatureRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FeatureRow'] = ResolversParentTypes['FeatureRow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['HookRun'], ParentType, ContextType>;
  values?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RecordOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordOutcome'] = ResolversParentTypes['RecordOutcome']> = {
  hook?: Resolver<ResolversTypes['Hook'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['HookRun']>, ParentType, ContextType>;
  release?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staleBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record'], FederationReferenceType extends FederationReferenceTypes['Record'] = FederationReferenceTypes['Record']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Record']> | FederationReferenceType, FederationReferenceType, ContextType>;
  srn?: Resolver<ResolversTypes['SRN'], ParentType, ContextType>;
  outcomes?: Resolver<ReadonlyArray<ResolversTypes['RecordOutcome']>, ParentType, ContextType>;
  features?: Resolver<ReadonlyArray<ResolversTypes['FeatureRow']>, ParentType, ContextType, RequireFields<RecordFeaturesArgs, 'hook'>>;
  citation?: Resolver<ResolversTypes['Citation'], ParentType, ContextType>;
};

export type ProvenanceGraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProvenanceGraph'] = ResolversParentTypes['ProvenanceGraph']> = {
  root?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ProvenanceNode']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProvenanceEdge']>, ParentType, ContextType>;
  omitted?: Resolver<ReadonlyArray<ResolversTypes['OmittedCount']>, ParentType, ContextType>;
};

export type ProvenanceNodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProvenanceNode'] = ResolversParentTypes['ProvenanceNode']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ProvenanceKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  expandable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ProvenanceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProvenanceEdge'] = ResolversParentTypes['ProvenanceEdge']> = {
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['ProvenanceRelation'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type OmittedCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OmittedCount'] = ResolversParentTypes['OmittedCount']> = {
  kind?: Resolver<ResolversTypes['ProvenanceKind'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type PointerEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PointerEvent'] = ResolversParentTypes['PointerEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RowExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RowExplanation'] = ResolversParentTypes['RowExplanation']> = {
  row?: Resolver<ResolversTypes['TableRow'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['HookRun'], ParentType, ContextType>;
  release?: Resolver<ResolversTypes['HookRelease'], ParentType, ContextType>;
  ran?: Resolver<ResolversTypes['VerifiedArtifact'], ParentType, ContextType>;
  madeLiveBy?: Resolver<Maybe<ResolversTypes['PointerEvent']>, ParentType, ContextType>;
  versionNotCountingBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  countingRelease?: Resolver<Maybe<ResolversTypes['HookRelease']>, ParentType, ContextType>;
  staleBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supersedes?: Resolver<ReadonlyArray<ResolversTypes['TableRow']>, ParentType, ContextType, RequireFields<RowExplanationSupersedesArgs, 'first'>>;
  supersededCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type VerifiedArtifactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerifiedArtifact'] = ResolversParentTypes['VerifiedArtifact']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['Digest'], ParentType, ContextType>;
  config?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  sourceRef?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  isolation?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BlastRadiusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlastRadius'] = ResolversParentTypes['BlastRadius']> = {
  releases?: Resolver<ReadonlyArray<ResolversTypes['HookRelease']>, ParentType, ContextType, Partial<BlastRadiusReleasesArgs>>;
  runs?: Resolver<ResolversTypes['HookRunConnection'], ParentType, ContextType, RequireFields<BlastRadiusRunsArgs, 'first'>>;
  records?: Resolver<ResolversTypes['RecordConnection'], ParentType, ContextType, RequireFields<BlastRadiusRecordsArgs, 'first'>>;
  recordCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  effectiveRowCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type ReleaseDiffResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseDiff'] = ResolversParentTypes['ReleaseDiff']> = {
  recordCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  added?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['ColumnDiff']>, ParentType, ContextType>;
  flipped?: Resolver<ReadonlyArray<ResolversTypes['OutcomeFlip']>, ParentType, ContextType>;
  examples?: Resolver<ReadonlyArray<ResolversTypes['RowDiff']>, ParentType, ContextType>;
};

export type ColumnDiffResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ColumnDiff'] = ResolversParentTypes['ColumnDiff']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  gained?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['ChangeBucket']>, ParentType, ContextType>;
};

export type ChangeBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeBucket'] = ResolversParentTypes['ChangeBucket']> = {
  from?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type OutcomeFlipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OutcomeFlip'] = ResolversParentTypes['OutcomeFlip']> = {
  from?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['OutcomeStatus'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type RowDiffResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RowDiff'] = ResolversParentTypes['RowDiff']> = {
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
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

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Digest?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  SRN?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Convention?: ConventionResolvers<ContextType>;
  HookRun?: HookRunResolvers<ContextType>;
  Hook?: HookResolvers<ContextType>;
  HookRelease?: HookReleaseResolvers<ContextType>;
  Citation?: CitationResolvers<ContextType>;
  CitationChange?: CitationChangeResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  DataTable?: DataTableResolvers<ContextType>;
  DataColumn?: DataColumnResolvers<ContextType>;
  Coverage?: CoverageResolvers<ContextType>;
  TableRow?: TableRowResolvers<ContextType>;
  TableRowConnection?: TableRowConnectionResolvers<ContextType>;
  TableRowEdge?: TableRowEdgeResolvers<ContextType>;
  AggregateRow?: AggregateRowResolvers<ContextType>;
  Histogram?: HistogramResolvers<ContextType>;
  HistogramBucket?: HistogramBucketResolvers<ContextType>;
  Download?: DownloadResolvers<ContextType>;
  FeatureRow?: FeatureRowResolvers<ContextType>;
  RecordOutcome?: RecordOutcomeResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
  ProvenanceGraph?: ProvenanceGraphResolvers<ContextType>;
  ProvenanceNode?: ProvenanceNodeResolvers<ContextType>;
  ProvenanceEdge?: ProvenanceEdgeResolvers<ContextType>;
  OmittedCount?: OmittedCountResolvers<ContextType>;
  PointerEvent?: PointerEventResolvers<ContextType>;
  RowExplanation?: RowExplanationResolvers<ContextType>;
  VerifiedArtifact?: VerifiedArtifactResolvers<ContextType>;
  BlastRadius?: BlastRadiusResolvers<ContextType>;
  ReleaseDiff?: ReleaseDiffResolvers<ContextType>;
  ColumnDiff?: ColumnDiffResolvers<ContextType>;
  ChangeBucket?: ChangeBucketResolvers<ContextType>;
  OutcomeFlip?: OutcomeFlipResolvers<ContextType>;
  RowDiff?: RowDiffResolvers<ContextType>;
  HookRunConnection?: HookRunConnectionResolvers<ContextType>;
  HookRunEdge?: HookRunEdgeResolvers<ContextType>;
  RecordConnection?: RecordConnectionResolvers<ContextType>;
  RecordEdge?: RecordEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  exactlyOne?: ExactlyOneDirectiveResolver<any, any, ContextType>;
};
