import type { JsonColumn } from '../json-column.ts'
import type { ColumnType } from "kysely";
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

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
export type Archive = {
    id: Generated<number>;
    domain: string;
};
export type Convention = {
    slug: string;
    title: string;
    description: string;
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
};
export type File = {
    digest: string;
    size: bigint;
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
export type Hook = {
    name: string;
    feature: JsonColumn;
    live_release_id: string | null;
    created_at: Generated<Timestamp>;
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
export type HookRun = {
    id: string;
    release_id: string;
    record_count: Generated<number>;
    row_count: Generated<bigint>;
    created_at: Generated<Timestamp>;
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
export type RecordFile = {
    record_id: string;
    name: string;
    position: number;
    digest: string;
};
export type SchemaVersion = {
    id: string;
    version: string;
    title: string;
    fields: JsonColumn;
    created_at: Generated<Timestamp>;
    created_by: string;
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
    touched_at: Generated<Timestamp>;
};
export type DB = {
    archive: Archive;
    convention: Convention;
    convention_hook: ConventionHook;
    convention_schema: ConventionSchema;
    deposition: Deposition;
    deposition_file: DepositionFile;
    file: File;
    hook: Hook;
    hook_release: HookRelease;
    hook_run: HookRun;
    module_source: ModuleSource;
    outbox: Outbox;
    pointer_event: PointerEvent;
    record: Record;
    record_file: RecordFile;
    schema_version: SchemaVersion;
    upload: Upload;
};
