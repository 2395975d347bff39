import type { JsonColumn } from '../json-column.ts'
import type { ColumnType } from "kysely";
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export const CandidateDecision = {
    PASSED: "PASSED",
    REFUSED: "REFUSED",
    ABANDONED: "ABANDONED"
} as const;
export type CandidateDecision = (typeof CandidateDecision)[keyof typeof CandidateDecision];
export const DepositionStatus = {
    DRAFT: "DRAFT",
    IN_VALIDATION: "IN_VALIDATION",
    IN_REVIEW: "IN_REVIEW",
    PUBLISHED: "PUBLISHED",
    REJECTED: "REJECTED"
} as const;
export type DepositionStatus = (typeof DepositionStatus)[keyof typeof DepositionStatus];
export const ReleaseState = {
    ACTIVE: "ACTIVE",
    DEPRECATED: "DEPRECATED",
    YANKED: "YANKED"
} as const;
export type ReleaseState = (typeof ReleaseState)[keyof typeof ReleaseState];
export const BackfillStatus = {
    RUNNING: "RUNNING",
    FINISHED: "FINISHED",
    CANCELLED: "CANCELLED",
    FAILED: "FAILED"
} as const;
export type BackfillStatus = (typeof BackfillStatus)[keyof typeof BackfillStatus];
export const BatchPriority = {
    INTERACTIVE: "INTERACTIVE",
    BULK: "BULK",
    BACKFILL: "BACKFILL"
} as const;
export type BatchPriority = (typeof BatchPriority)[keyof typeof BatchPriority];
export const ReproductionVerdict = {
    IDENTICAL: "IDENTICAL",
    WITHIN_TOLERANCE: "WITHIN_TOLERANCE",
    DIVERGED: "DIVERGED",
    INPUT_DIFFERS: "INPUT_DIFFERS"
} as const;
export type ReproductionVerdict = (typeof ReproductionVerdict)[keyof typeof ReproductionVerdict];
export const RunStatus = {
    QUEUED: "QUEUED",
    RUNNING: "RUNNING",
    PASSED: "PASSED",
    WARNINGS: "WARNINGS",
    FAILED: "FAILED",
    ERROR: "ERROR",
    CANCELLED: "CANCELLED"
} as const;
export type RunStatus = (typeof RunStatus)[keyof typeof RunStatus];
export const OutcomeStatus = {
    PASSED: "PASSED",
    EMPTY: "EMPTY",
    REJECTED: "REJECTED",
    ERRORED: "ERRORED"
} as const;
export type OutcomeStatus = (typeof OutcomeStatus)[keyof typeof OutcomeStatus];
export type Archive = {
    id: Generated<number>;
    domain: string;
    /**
     * Told apart by this from other archives on the same engine or cluster. Never changed by the archive; a copy that runs
     * beside its original gets another one by hand.
     */
    installation_id: Generated<string>;
};
export type AuditEvent = {
    position: Generated<bigint>;
    at: Generated<Timestamp>;
    actor: string;
    operation: string;
    targets: string[];
    address: string | null;
    request_id: string | null;
    details: JsonColumn;
};
export type Backfill = {
    id: string;
    hook: string;
    release_id: string;
    conventions: string[];
    statuses: string[];
    stale: boolean;
    record_limit: number | null;
    /**
     * Records that were published later are none of its business: hooks start over those by themselves.
     */
    until: Generated<Timestamp>;
    status: Generated<BackfillStatus>;
    status_reason: string | null;
    position: Generated<number>;
    after: string | null;
    carried: string[];
    expected_count: bigint;
    planned_count: Generated<bigint>;
    actor: string;
    request_id: string | null;
    asked_at: Generated<Timestamp>;
    /**
     * When all records had been looked at.
     */
    planned_at: Timestamp | null;
    finished_at: Timestamp | null;
};
export type Batch = {
    id: string;
    convention: string;
    priority: BatchPriority;
    record_ids: string[];
    candidates: Generated<boolean>;
    /**
     * The event that it was made for, and the how-manieth batch of that event it is; delivered twice, it makes no more.
     */
    event_id: string | null;
    part: Generated<number>;
    /**
     * The run whose retryable errors it takes up, and the how-manieth such batch in a row it is.
     */
    follows: string | null;
    round: Generated<number>;
    actor: string;
    request_id: string | null;
    created_at: Generated<Timestamp>;
    /**
     * When the last of its runs had ended.
     */
    finished_at: Timestamp | null;
    /**
     * The backfill that it is a part of; a batch that takes up errors belongs to what its run belonged to.
     */
    backfill_id: string | null;
    /**
     * The least and the greatest of its records, set by a trigger: whether a record may be in it is seen without unpacking them.
     */
    first_record: string;
    last_record: string;
};
export type Candidate = {
    id: string;
    convention: string;
    schema_id: string;
    schema_version: string;
    metadata: JsonColumn;
    created_at: Generated<Timestamp>;
    /**
     * Until then somebody waits for what its hooks say.
     */
    decided_at: Timestamp | null;
    decision: CandidateDecision | null;
};
export type CandidateFile = {
    candidate_id: string;
    name: string;
    digest: string;
    size: bigint;
    position: number;
};
export type Citation = {
    id: string;
    convention: string;
    /**
     * The convention's, then.
     */
    title: string;
    table_name: string;
    filter: JsonColumn | null;
    order_by: JsonColumn;
    /**
     * Of a version of the hook alone.
     */
    release: number | null;
    as_of: Timestamp;
    /**
     * The schema that was current, and the hooks in the order of the manifest.
     */
    schema_id: string;
    schema_version: string;
    hooks: string[];
    row_count: bigint;
    /**
     * Whose rows these are, and how many of each.
     */
    releases: JsonColumn;
    created_by: string;
    created_at: Generated<Timestamp>;
};
export type Convention = {
    slug: string;
    title: string;
    description: string;
    /**
     * An SPDX licence expression or an address; without one, nobody has said.
     */
    license: string | null;
    schema_id: string;
    schema_version: string;
    files: JsonColumn;
    /**
     * Whether what people submit waits for a curator.
     */
    review: Generated<boolean>;
    docs: JsonColumn | null;
    created_at: Generated<Timestamp>;
    updated_at: Generated<Timestamp>;
    updated_by: string;
};
export type ConventionDeployment = {
    convention: string;
    at: Generated<Timestamp>;
    actor: string;
    title: string;
    license: string | null;
    schema_id: string;
    schema_version: string;
    hooks: string[];
};
export type ConventionHook = {
    convention: string;
    hook: string;
    position: number;
};
export type ConventionSchema = {
    convention: string;
    schema_id: string;
    schema_version: string;
};
export type Deposition = {
    id: string;
    convention: string;
    owner: string;
    status: Generated<DepositionStatus>;
    metadata: JsonColumn;
    findings: Generated<JsonColumn>;
    candidate: string | null;
    record_id: string | null;
    created_at: Generated<Timestamp>;
    updated_at: Generated<Timestamp>;
};
export type DepositionFile = {
    deposition_id: string;
    name: string;
    digest: string;
    size: bigint;
    position: number;
    /**
     * As said by who uploaded it.
     */
    media_type: string | null;
};
export type File = {
    digest: string;
    size: bigint;
    /**
     * As said when the first record that has it was published; until then each holder has an own one.
     */
    media_type: string | null;
    created_at: Generated<Timestamp>;
    created_by: string;
    /**
     * Last uploaded.
     */
    touched_at: Generated<Timestamp>;
    stored_at: Timestamp | null;
    /**
     * Set while something refers to it, which keeps it from being swept.
     */
    referenced_at: Timestamp | null;
};
export type FileHolding = {
    digest: string;
    holder: string;
    size: bigint;
    media_type: string | null;
    touched_at: Generated<Timestamp>;
};
export type Hook = {
    name: string;
    feature: JsonColumn;
    live_release_id: string | null;
    created_at: Generated<Timestamp>;
};
export type HookCoverage = {
    hook: string;
    convention: string;
    profile: string;
    version: number;
    status: OutcomeStatus;
    records: bigint;
    rows: bigint;
};
export type HookRelease = {
    id: string;
    hook: string;
    version: number;
    runtime: JsonColumn;
    /**
     * One digest over runtime type, digest, config and limits: the same artifact is the same release.
     */
    artifact: string;
    source_ref: string;
    built_by: string;
    built_at: Generated<Timestamp>;
    state: Generated<ReleaseState>;
    state_reason: string | null;
    state_changed_by: string | null;
    state_changed_at: Timestamp | null;
};
export type HookReleaseSourceRef = {
    release_id: string;
    source_ref: string;
    actor: string;
    at: Generated<Timestamp>;
};
export type HookRun = {
    id: string;
    batch_id: string;
    hook: string;
    release_id: string;
    convention: string;
    priority: BatchPriority;
    status: Generated<RunStatus>;
    /**
     * The run that this one was asked for to repeat.
     */
    retry_of: string | null;
    /**
     * The run that this one does again for comparison. What it finds is compared and never kept.
     */
    reproduces: string | null;
    actor: string;
    request_id: string | null;
    created_at: Generated<Timestamp>;
    /**
     * Who works on it: a new token each time it is taken, without which nothing can be written.
     */
    lease_token: string | null;
    lease_expires_at: Timestamp | null;
    heartbeat_at: Timestamp | null;
    worker: string | null;
    /**
     * How often it was taken: the first time, and again after a worker was lost.
     */
    leases: Generated<number>;
    /**
     * When the queue was last told of it.
     */
    queued_at: Timestamp | null;
    cancelled_at: Timestamp | null;
    cancelled_by: string | null;
    memory_bytes: bigint;
    oom_retries: Generated<number>;
    record_count: Generated<number>;
    passed_count: Generated<number>;
    empty_count: Generated<number>;
    rejected_count: Generated<number>;
    errored_count: Generated<number>;
    row_count: Generated<bigint>;
    input_digest: string | null;
    output_digest: string | null;
    run_json: JsonColumn | null;
    failure_kind: string | null;
    failure_message: string | null;
    started_at: Timestamp | null;
    finished_at: Timestamp | null;
    /**
     * When its rows began to count.
     */
    committed_at: Timestamp | null;
};
export type ModuleSource = {
    digest: string;
    source: string;
};
export type Outbox = {
    id: string;
    type: string;
    payload: JsonColumn;
    actor: string;
    request_id: string | null;
    created_at: Generated<Timestamp>;
    relayed_at: Timestamp | null;
    requeues: Generated<number>;
    handled_at: Timestamp | null;
};
export type PointerEvent = {
    id: string;
    hook: string;
    position: number;
    from_release_id: string | null;
    to_release_id: string;
    actor: string;
    reason: string | null;
    /**
     * Whether somebody chose an earlier version by hand: making the later one live again must then be meant.
     */
    is_rollback: Generated<boolean>;
    /**
     * When it took effect: moves of one hook wait for each other, so this grows with the position.
     */
    at: Generated<Timestamp>;
};
export type Record = {
    id: string;
    convention: string;
    schema_id: string;
    schema_version: string;
    source: JsonColumn;
    metadata: JsonColumn;
    published_at: Timestamp;
    published_by: string;
};
export type RecordCount = {
    id: Generated<bigint>;
    convention: string;
    schema_id: string;
    schema_major: number;
    records: bigint;
};
export type RecordFile = {
    record_id: string;
    name: string;
    position: number;
    digest: string;
};
export type ReleaseStateEvent = {
    id: string;
    release_id: string;
    state: ReleaseState;
    reason: string;
    actor: string;
    at: Generated<Timestamp>;
};
export type Reproduction = {
    run: string;
    /**
     * How many of the reproduced run's records were done again, when not all.
     */
    sample: number | null;
    verdict: ReproductionVerdict;
    /**
     * Numbers that differ by no more than this part of the larger one count as equal.
     */
    tolerance: number;
    records_compared: number;
    /**
     * Records whose rows were not kept the first time, because another run had won them: only their outcomes are compared.
     */
    records_without_rows: number;
    outcomes_differing: number;
    rows_identical: bigint;
    rows_tolerated: bigint;
    rows_diverged: bigint;
    /**
     * A few of each kind of difference.
     */
    examples: JsonColumn;
    at: Generated<Timestamp>;
};
export type RunAttempt = {
    run: string;
    number: number;
    /**
     * Why it was made: first, oom, fault, continued, bisect, again.
     */
    because: string;
    records: number;
    memory_bytes: bigint;
    cpu_millis: number;
    timeout_seconds: number;
    isolation: string[];
    started_at: Timestamp;
    finished_at: Timestamp | null;
    exit_code: number | null;
    signal: string | null;
    failure_kind: string | null;
    failure_message: string | null;
};
export type RunFile = {
    run: string;
    /**
     * "log", or an attempt's number and a file's name: "1/features.jsonl".
     */
    name: string;
    digest: string;
    size: bigint;
    kept_at: Generated<Timestamp>;
};
export type RunFileLoss = {
    run: string;
    name: string;
    reason: string;
    found_at: Generated<Timestamp>;
};
export type RunLog = {
    run: string;
    /**
     * Of its first byte, over all attempts.
     */
    position: bigint;
    data: Buffer;
};
export type RunOutcome = {
    run: string;
    record: string;
    release_id: string;
    status: OutcomeStatus;
    reason: string | null;
    retryable: Generated<boolean>;
    row_count: Generated<number>;
    won_at: Timestamp | null;
    lost_at: Timestamp | null;
};
export type SchemaVersion = {
    id: string;
    version: string;
    title: string;
    fields: JsonColumn;
    created_at: Generated<Timestamp>;
    created_by: string;
};
export type Token = {
    id: string;
    subject: string;
    roles: string[];
    scopes: string[];
    created_by: string;
    created_at: Generated<Timestamp>;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
    revoked_by: string | null;
};
export type Upload = {
    id: string;
    size: bigint;
    media_type: string | null;
    expected_digest: string | null;
    /**
     * Set when everything arrived and was kept.
     */
    digest: string | null;
    created_by: string;
    /**
     * False for an upload over one connection, which stands here to be counted.
     */
    resumable: Generated<boolean>;
    touched_at: Generated<Timestamp>;
};
export type DB = {
    archive: Archive;
    audit_event: AuditEvent;
    backfill: Backfill;
    batch: Batch;
    candidate: Candidate;
    candidate_file: CandidateFile;
    citation: Citation;
    convention: Convention;
    convention_deployment: ConventionDeployment;
    convention_hook: ConventionHook;
    convention_schema: ConventionSchema;
    deposition: Deposition;
    deposition_file: DepositionFile;
    file: File;
    file_holding: FileHolding;
    hook: Hook;
    hook_coverage: HookCoverage;
    hook_release: HookRelease;
    hook_release_source_ref: HookReleaseSourceRef;
    hook_run: HookRun;
    module_source: ModuleSource;
    outbox: Outbox;
    pointer_event: PointerEvent;
    record: Record;
    record_count: RecordCount;
    record_file: RecordFile;
    release_state_event: ReleaseStateEvent;
    reproduction: Reproduction;
    run_attempt: RunAttempt;
    run_file: RunFile;
    run_file_loss: RunFileLoss;
    run_log: RunLog;
    run_outcome: RunOutcome;
    schema_version: SchemaVersion;
    token: Token;
    upload: Upload;
};
