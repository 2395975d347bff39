/**
 * The cost of an item, where it is not 1. Items stored in the row of their parent (the fields of a schema, the columns of a table) need
 * no separate read, so a long list of them is cheap. A read from storage costs more than a row.
 */
const weights: Readonly<Record<string, number>> = {
  BackfillProgress: 5,
  ChangeBucket: 0.01,
  ColumnDiff: 0.01,
  ConventionExample: 0.05,
  Coverage: 0.1,
  DataColumn: 0.002,
  DataTable: 0.1,
  DeployChange: 0,
  Download: 0.01,
  FeatureColumn: 0.002,
  Finding: 0.02,
  HistogramBucket: 0.5,
  OmittedCount: 0.1,
  OutcomeFlip: 0.1,
  ProvenanceEdge: 0.05,
  PublishResult: 0,
  RecordFile: 0.1,
  RecordOutcome: 0.5,
  ReleaseOutcome: 0,
  SchemaField: 0.02,
  'HookRun.log': 25,
  'HookRun.runJson': 10,
  'PublishResult.findings': 0,
}

/** The cost of an object: that of its field or, if it has none, that of its type. */
export function weightOfObject(parent: string, field: string, type: string): number {
  return weights[`${parent}.${field}`] ?? weights[type] ?? 1
}

/** The cost of a scalar. It is read with its parent, so it is free unless named above; each value of a list costs a little. */
export function weightOfValue(parent: string, field: string, { isList }: { readonly isList: boolean }): number {
  return weights[`${parent}.${field}`] ?? (isList ? 0.02 : 0)
}

export const weighted: readonly string[] = Object.keys(weights)
