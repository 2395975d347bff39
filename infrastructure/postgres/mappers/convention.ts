import type { Convention, ConventionDocs, FileRequirements, Schema, SchemaField, SchemaVersion } from '@strata/domain/convention'
import type { HookName, SchemaId, Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'

/** What a query must include for `toConvention`. */
export const withHooks = { hooks: { orderBy: { position: 'asc' } } } as const

/** Rows were checked before they were written, so reading them trusts them. */
export function toConvention(row: Prisma.ConventionModel & { hooks: readonly { hook: string }[] }): Convention {
  return {
    slug: row.slug as Slug,
    title: row.title,
    description: row.description,
    ...(row.license === null ? {} : { license: row.license }),
    schema: { id: row.schemaId as SchemaId, version: row.schemaVersion as SchemaVersion },
    files: row.files as unknown as FileRequirements,
    review: row.review,
    ...(row.docs === null ? {} : { docs: row.docs as unknown as ConventionDocs }),
    hooks: row.hooks.map(({ hook }) => hook as HookName),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

export function toSchema(row: Pick<Prisma.SchemaVersionModel, 'id' | 'version' | 'title' | 'fields'>): Schema {
  return {
    id: row.id as SchemaId,
    version: row.version as SchemaVersion,
    title: row.title,
    fields: row.fields as unknown as readonly SchemaField[],
  }
}
