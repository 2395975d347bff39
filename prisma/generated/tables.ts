import type { JsonColumn } from '../json-column.ts'
import type { ColumnType } from "kysely";
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

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
    docs: JsonColumn | null;
    created_at: Generated<Timestamp>;
    updated_at: Generated<Timestamp>;
    updated_by: string;
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
export type SchemaVersion = {
    id: string;
    version: string;
    title: string;
    fields: JsonColumn;
    created_at: Generated<Timestamp>;
    created_by: string;
};
export type DB = {
    archive: Archive;
    convention: Convention;
    outbox: Outbox;
    record: Record;
    schema_version: SchemaVersion;
};
