/**
 * What an item costs, where that is not 1. Whatever is kept within the row of its parent (the fields of a schema, the columns of a
 * table) is never read by itself, so a long list of it is cheap. What is read from storage costs more than a row.
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

/** Of an object: what its field or, without that, its type costs. */
export function weightOfObject(parent: string, field: string, type: string): number {
  return weights[`${parent}.${field}`] ?? weights[type] ?? 1
}

/** Of a value that is no object: it comes with its parent, unless it is named above. In a list, each counts a little. */
export function weightOfValue(parent: string, field: string, { isList }: { readonly isList: boolean }): number {
  return weights[`${parent}.${field}`] ?? (isList ? 0.02 : 0)
}

export const weighted: readonly string[] = Object.keys(weights)
