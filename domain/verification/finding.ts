/** Something in the archive that is not what the archive promises. */
export interface VerificationFinding {
  readonly kind: FindingKind
  /** What it is about, by a name that other commands and the API take: a run's id, a file's digest, a hook. */
  readonly subject: string
  /** A sentence: what was expected and what is there. */
  readonly detail: string
}

/** Each kind of finding, and what an operator does about it. */
export const adviceFor = {
  GUARD_MISSING:
    'Somebody turned off what protects this table. Find out what was done meanwhile (the log of the database), turn the triggers on again (ALTER TABLE … ENABLE TRIGGER USER; a trigger that is gone is in prisma/migrations) and verify again.',
  POINTER_LOG:
    'The live pointer or its log was changed outside the archive. Restore both from a backup, or make the right release live with setLive once the log is whole.',
  RELEASE:
    'A release is not what it was when it was made. Restore hook_release, release_state_event and module_source from a backup; until then, treat rows of this release as of unknown origin.',
  TABLE_MISSING: "The table of this hook's rows is gone. Restore it from a backup; its run.json and kept files say what was in it.",
  RECORD_MISSING:
    'Runs computed a record that the archive no longer has. Records are never deleted, so somebody did it by hand, or a restore was not whole. Restore the table record from a backup.',
  TYPED_ROW:
    "The typed row of a record, which searches read, is not what the record's metadata say. Restore it from the metadata in the table record, which is the original.",
  RECORD_FILE:
    'A published record names a file that the archive does not have in its books. Restore the table file from a backup, or upload the file again: the same content has the same digest.',
  RUN_JSON:
    "What the database says of a run and the run's own run.json differ, or the run.json is damaged. Restore hook_run from a backup. If there is none, deprecate nothing yet: ask for the run again with reproduce and compare.",
  OUTCOMES:
    'The outcomes of a run are not those that its run.json counted. Restore run_outcome from a backup, or compute the records again with a backfill.',
  ROWS: 'Rows were removed, added or changed after their run. Restore the table from a backup, or compute the records again with a backfill; the finding names the run.',
  STRAY_ROWS:
    'Rows name a run that does not exist, has not ended, or is of another hook. They did not come from the archive. Find out who wrote them; restore the table from a backup.',
  COUNT:
    'A kept count differs from what it counts, so pages show a wrong total. Stop the archive and correct the kept count to the one named here.',
  FILE_MISSING:
    'The content of a file is gone from the storage. Put it back from a backup of the storage, or upload it again: the same content has the same digest.',
  FILE_DAMAGED:
    'The content of a file is not what its digest says: the disk or a person changed it. Remove the damaged content from the storage, put it back from a backup or upload it again.',
  OUTPUT:
    'The rows in the database are not those in the kept file that they were taken from. Restore the rows from a backup, or compute the records again with a backfill.',
  ERASURE:
    'Something of a record that was removed is still there. If it waits, see the log of the workers and whether the storage answers. If it came back, a restore was not whole or somebody wrote it by hand: erase it by hand, as docs/withdrawal.md says.',
} as const satisfies Record<string, string>

export type FindingKind = keyof typeof adviceFor

export function finding(kind: FindingKind, subject: string, detail: string): VerificationFinding {
  return { kind, subject, detail }
}
