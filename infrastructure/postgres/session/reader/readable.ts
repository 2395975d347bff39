/** The parts of the archive's own tables that queries on data need, and that the reader role may read. */
export interface Readable {
  /** Schemas of which it may read all tables, including future ones. */
  readonly schemas: readonly string[]
  readonly tables: readonly string[]
  /** Tables of which it may read only these columns. */
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
    // With the ids of its records, which decide whether they are all published.
    batch: ['id', 'follows', 'candidates', 'record_ids'],
    // Only that it exists: the other columns contain unpublished data.
    candidate: ['id'],
    file: ['digest', 'size', 'media_type'],
    // Without the lease's token and worker.
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

/** All columns with their tables, as two lists. */
export function readableColumns({ columns }: Readable = readable): {
  readonly tables: readonly string[]
  readonly columns: readonly string[]
} {
  const pairs = Object.entries(columns).flatMap(([table, some]) => some.map((column) => ({ table, column })))
  return { tables: pairs.map(({ table }) => table), columns: pairs.map(({ column }) => column) }
}
