import type { ConventionQueries } from '@strata/domain/convention'

export type SchemaServices = Pick<ConventionQueries, 'schemas' | 'latestSchema'>
