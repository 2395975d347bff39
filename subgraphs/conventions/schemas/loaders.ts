import type { Schema, SchemaRef } from '@strata/domain/convention'
import DataLoader from 'dataloader'
import type { SchemaServices } from './services.ts'

export function schemaLoaders(schemas: SchemaServices) {
  return {
    schema: new DataLoader<SchemaRef, Schema | undefined, string>((refs) => schemas.schemas(refs), { cacheKeyFn: schemaKey }),
  }
}

export function schemaKey(ref: SchemaRef): string {
  return `${ref.id}@${ref.version}`
}
