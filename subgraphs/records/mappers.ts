import type { Deposition } from '@strata/domain/deposition'
import type { SchemaRef } from '@strata/domain/convention'
import type { PublishedRecord, RecordId, RecordSource } from '@strata/domain/record'
import type { Srn } from '@strata/domain/shared'
import type { Connection } from '../server/connection.ts'

/** What each type is in a resolver's hands before GraphQL asks for its fields. */
export type RecordModel = PublishedRecord
/** The origin of a fork. */
export type RecordOriginModel = { readonly fork: RecordId; readonly node: string; readonly srn: Srn }
export type RecordSourceModel = RecordSource
export type DepositionSourceModel = Extract<RecordSource, { type: 'deposition' }>
export type HarvestSourceModel = Extract<RecordSource, { type: 'harvest' }>
export type ForkSourceModel = Extract<RecordSource, { type: 'fork' }>
export type ImportSourceModel = Extract<RecordSource, { type: 'import' }>
export type RecordConnectionModel = Connection<PublishedRecord>
export type DepositionModel = Deposition
export type DepositionConnectionModel = Connection<Deposition>
export type ConventionModel = { readonly slug: string }
export type SchemaModel = SchemaRef
