/** All that the role may see of the archive's own tables, and that data's queries ask for. */
export interface Readable {
  /** Schemas of which it may read every table, also those that are made later. */
  readonly schemas: readonly string[]
  readonly tables: readonly string[]
  /** Of these it may read no more than some columns. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  readonly functions: readonly string[]
}

export const readable: Readable = {
  schemas: ['features', 'metadata'],
  tables: [
    'absence',
    'citation',
    'convention',
    'convention_deployment',
    'convention_hook',
    'convention_schema',
    'hook',
    'hook_coverage',
    'hook_release',
    'hook_release_source_ref',
    'pointer_event',
    'record',
    'record_count',
    'record_file',
    'release_state_event',
    'run_outcome',
    'schema_version',
    'withdrawal',
  ],
  columns: {
    // With the ids of what it looks at, which tell whether all of it is published.
    batch: ['id', 'follows', 'candidates', 'record_ids'],
    // That there is one: unpublished content is in the other columns.
    candidate: ['id'],
    file: ['digest', 'size', 'media_type'],
    // Not by which token and which worker a run is held.
    hook_run: [
      'id',
      'batch_id',
      'hook',
      'release_id',
      'convention',
      'status',
      'retry_of',
      'reproduces',
      'actor',
      'created_at',
      'oom_retries',
      'record_count',
      'passed_count',
      'empty_count',
      'rejected_count',
      'errored_count',
      'row_count',
      'input_digest',
      'output_digest',
      'run_json',
      'failure_kind',
      'started_at',
      'finished_at',
      'committed_at',
    ],
  },
  functions: ['record_search_vector(jsonb)', 'stable_instant()', 'has_changed_anything(text, timestamptz)'],
}

/** Each column with its table, as two lists. */
export function readableColumns({ columns }: Readable = readable): {
  readonly tables: readonly string[]
  readonly columns: readonly string[]
} {
  const pairs = Object.entries(columns).flatMap(([table, some]) => some.map((column) => ({ table, column })))
  return { tables: pairs.map(({ table }) => table), columns: pairs.map(({ column }) => column) }
}
