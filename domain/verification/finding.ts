/** A fault that a verification found. */
export interface VerificationFinding {
  readonly kind: FindingKind
  /** The affected item, by a name that other commands and the API accept: a run's id, a file's digest, a hook. */
  readonly subject: string
  /** A sentence with the expected and the actual state. */
  readonly detail: string
}

/** Each kind of finding, with instructions for the operator. */
export const adviceFor = {
  GUARD_MISSING:
    'The triggers that protect this table were turned off. Check the log of the database for changes made meanwhile, turn the triggers on again (ALTER TABLE … ENABLE TRIGGER USER; a trigger that is gone is in prisma/migrations) and verify again.',
  POINTER_LOG:
    'The live pointer or its log was changed outside the archive. Restore both from a backup, or make the right release live with setLive once the log is whole.',
  RELEASE:
    'A release has changed since it was created. Restore hook_release, release_state_event and module_source from a backup; until then, treat rows of this release as of unknown origin.',
  TABLE_MISSING: "The table of this hook's rows is gone. Restore it from a backup; its run.json and kept files say what was in it.",
  RECORD_MISSING:
    'Runs computed a record that the archive no longer has. The archive never deletes records, so they were deleted by hand, or a restore was incomplete. Restore the table record from a backup.',
  TYPED_ROW:
    "The typed row of a record, which queries read, differs from the record's metadata. Restore it from the metadata in the table record, which is the original.",
  RECORD_FILE:
    'A published record names a file that is not in the table of files. Restore the table file from a backup, or upload the file again: the same content has the same digest.',
  RUN_JSON:
    "What the database says of a run and the run's own run.json differ, or the run.json is damaged. Restore hook_run from a backup. If there is none, use reproduce to run it again and compare the results.",
  OUTCOMES:
    'The outcomes of a run do not match the counts in its run.json. Restore run_outcome from a backup, or compute the records again with a backfill.',
  ROWS: 'Rows were removed, added or changed after their run. Restore the table from a backup, or compute the records again with a backfill; the finding names the run.',
  STRAY_ROWS:
    'Rows name a run that does not exist, has not ended, or is of another hook. The archive did not write them. Find out who did, and restore the table from a backup.',
  COUNT: 'A stored count is wrong, so pages show a wrong total. Stop the archive and correct the count to the one named here.',
  FILE_MISSING:
    'The content of a file is gone from the storage. Put it back from a backup of the storage, or upload it again: the same content has the same digest.',
  FILE_DAMAGED:
    'The content of a file does not match its digest: the disk or a person changed it. Remove the damaged content from the storage, put it back from a backup or upload it again.',
  OUTPUT:
    'The rows in the database differ from those in the stored file that they came from. Restore the rows from a backup, or compute the records again with a backfill.',
  ERASURE:
    'Something of a record that was removed is still there. If it waits, see the log of the workers and whether the storage is reachable. If it came back, a restore was incomplete, or it was written by hand: erase it by hand, as docs/withdrawal.md says.',
} as const satisfies Record<string, string>

export type FindingKind = keyof typeof adviceFor

export function finding(kind: FindingKind, subject: string, detail: string): VerificationFinding {
  return { kind, subject, detail }
}
