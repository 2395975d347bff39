import type { ColumnType } from 'kysely'

/**
 * A json or jsonb column. It is read as a value and written as text (`JSON.stringify`): the driver would turn an array
 * into a Postgres array and pass a string through unquoted.
 */
export type JsonColumn = ColumnType<JsonValue, string, string>

/** A value that JSON can carry, and nothing else. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }
