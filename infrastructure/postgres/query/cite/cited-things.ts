import { compareVersions, majorOf } from '@strata/domain/convention'
import { columnsOf, recordsTables, type CitedThings, type ReadableTable } from '@strata/domain/dataset'
import type { RecordId } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import { toCitation } from '../../mappers/citation.ts'
import { toSchema } from '../../mappers/convention.ts'
import type { Database } from '../../session/connection.ts'
import { readableHook } from '../reading/readable-dataset.ts'

export function citedThings({ prisma, kysely }: Pick<Database, 'prisma' | 'kysely'>): CitedThings {
  return {
    async kept(id) {
      const row = await prisma.citation.findUnique({ where: { id } })
      return row === null ? undefined : toCitation(row)
    },

    async convention(slug) {
      const row = await prisma.convention.findUnique({ where: { slug }, select: { title: true, createdAt: true } })
      return row === null ? undefined : { slug: slug as Slug, ...row }
    },

    async record({ identity, version }) {
      const row = await prisma.record.findUnique({
        where: { identity_version: { identity, version } },
        select: { id: true, publishedAt: true, conventionRow: { select: { slug: true, title: true } } },
      })
      return row === null
        ? undefined
        : { id: row.id as RecordId, slug: row.conventionRow.slug as Slug, title: row.conventionRow.title, publishedAt: row.publishedAt }
    },

    async datasetAs(convention, { schema: { id, version }, hooks }, at) {
      const current = toSchema(await prisma.schemaVersion.findUniqueOrThrow({ where: { id_version: { id, version } } }))
      const had = await prisma.conventionSchema.findMany({
        where: { convention, schema: { createdAt: { lte: at } } },
        include: { schema: true },
      })
      // A later version of the same major may have fields that did not exist when the citation was made.
      const known = had
        .map((one) => toSchema(one.schema))
        .filter((one) => one.id !== id || majorOf(one.version) !== majorOf(version) || compareVersions(one.version, version) <= 0)
      const made = await Promise.all(hooks.map((name) => readableHook({ kysely }, name)))
      return {
        convention: convention as Slug,
        tables: [
          ...recordsTables(current, known).map(({ name, schema }): ReadableTable => ({
            kind: 'records',
            name,
            schema,
            columns: columnsOf(schema),
          })),
          ...made.filter((table) => table !== undefined),
        ],
      }
    },
  }
}
