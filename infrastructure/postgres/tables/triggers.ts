/**
 * The triggers of each table, as the migrations create them. `verify` reports a missing one. A migration that creates or drops a trigger
 * must change this list; test/verifying/guards.test.ts compares it with the database.
 */
const staticTriggers: Readonly<Record<string, string>> = {
  absence: '*_is_never_deleted *_only_ends is_never_truncated',
  archive: '*_is_never_removed *_keeps_its_domain is_never_truncated',
  audit_event: '*_is_never_changed *_is_never_truncated',
  backfill: '*_is_never_changed *_is_never_deleted is_never_truncated',
  batch: '*_grows *_has_bounds *_is_never_changed *_is_never_deleted *_keeps_its_backfill *_keeps_its_kind is_never_truncated',
  candidate: '*_is_never_changed *_is_never_deleted *_is_never_truncated',
  candidate_file: '*_is_never_changed *_is_never_truncated *_is_only_erased',
  citation: '*_is_never_changed *_is_never_truncated',
  convention: '*_keeps_its_name is_never_truncated',
  convention_deployment: '*_is_never_changed is_never_truncated',
  convention_hook: '*_is_never_changed is_never_truncated',
  convention_schema: '*_goes_with_its_convention *_is_never_changed is_never_truncated',
  deposition: '*_is_never_removed *_keeps_its_owner *_keeps_its_record *_published_is_never_changed is_never_truncated',
  deposition_file: '*_is_never_changed *_is_removed_from_drafts is_never_truncated',
  erasure: '*_is_never_deleted *_is_of_a_removal *_is_only_done is_never_truncated',
  file: '*_in_use_is_kept *_is_removed_when_swept *_keeps_its_content is_never_truncated',
  file_holding: 'is_never_truncated',
  hook: '*_is_never_removed *_keeps_its_contract *_live_is_never_yanked *_moves_by_its_log is_never_truncated',
  hook_coverage: 'is_never_truncated',
  hook_release: '*_is_never_changed *_is_never_deleted *_stays_yanked is_never_truncated',
  hook_release_source_ref: '*_is_never_changed is_never_truncated',
  hook_run:
    '*_follows *_is_in_order *_is_never_changed *_is_never_deleted *_is_never_truncated *_keeps_its_purpose *_notifies_cancel *_notifies_workers',
  module_source: 'is_never_truncated *_is_never_changed',
  outbox: 'is_never_truncated *_is_removed_when_handled *_keeps_its_event *_notifies_relay',
  pointer_event: 'is_never_truncated *_follows *_is_never_changed *_moves_its_hook',
  record: '*_is_never_deleted *_is_never_truncated *_is_never_updated *_version_follows',
  record_count: 'is_never_truncated',
  record_file: '*_is_never_deleted *_is_never_truncated *_is_never_updated',
  release_state_event: 'is_never_truncated *_follows *_is_never_changed',
  reproduction: '*_is_never_changed *_is_never_deleted *_is_never_truncated',
  run_attempt: 'is_never_truncated *_is_in_order *_is_never_changed *_is_never_deleted',
  run_file: 'is_never_truncated *_is_kept_for_a_day *_is_never_changed',
  run_file_loss: 'is_never_truncated *_is_never_changed',
  run_log: 'is_never_truncated *_is_never_changed *_is_removed_when_kept',
  run_outcome: '*_is_never_changed *_is_never_deleted *_is_never_truncated *_keeps_its_result',
  schema_version: 'is_never_truncated *_in_use_is_never_changed',
  token: 'is_never_truncated *_is_never_deleted *_is_only_revoked',
  upload: 'is_never_truncated',
  withdrawal: 'is_never_truncated *_is_never_deleted *_is_only_restored',
  verification: '*_is_never_changed *_is_never_removed *_is_never_truncated',
}

/** The triggers of the tables that deploys create: tables/ensure-table.ts. */
const featureTriggers = 'comes_from_a_run is_never_changed is_never_removed is_never_truncated'
const metadataTriggers = 'is_never_changed is_never_truncated is_only_erased'

/** The names of the triggers that a table must have. */
export function triggersOf(schema: string, table: string): readonly string[] {
  const names = schema === 'features' ? featureTriggers : schema === 'metadata' ? metadataTriggers : (staticTriggers[table] ?? '')
  return names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => name.replace(/^\*/, table))
}
