import { compareVersions, type Convention, type ConventionQueries, type SchemaVersion } from '@strata/domain/convention'
import { pageOf } from '@strata/domain/shared'
import type { Database } from '../session/connection.ts'
import { toConvention, toSchema, withHooks } from '../mappers/convention.ts'

export function conventionQueries({ prisma }: Pick<Database, 'prisma'>): ConventionQueries {
  return {
    async conventions(slugs) {
      const rows = await prisma.convention.findMany({ where: { slug: { in: [...slugs] } }, include: withHooks })
      const bySlug = new Map(rows.map((row) => [row.slug, toConvention(row)]))
      return slugs.map((slug) => bySlug.get(slug))
    },

    async conventionPage(page) {
      const rows = await prisma.convention.findMany({
        where: page.after === undefined ? {} : { slug: { gt: page.after } },
        include: withHooks,
        orderBy: { slug: 'asc' },
        take: page.first + 1,
      })
      return pageOf(rows.map(toConvention), page)
    },

    conventionCount: () => prisma.convention.count(),

    async schemas(refs) {
      const rows = await prisma.schemaVersion.findMany({ where: { OR: refs.map(({ id, version }) => ({ id, version })) } })
      const byRef = new Map(rows.map((row) => [`${row.id}@${row.version}`, toSchema(row)]))
      return refs.map(({ id, version }) => byRef.get(`${id}@${version}`))
    },

    async latestSchema(id) {
      const rows = await prisma.schemaVersion.findMany({ where: { id }, select: { version: true } })
      const newest = rows
        .map((row) => row.version as SchemaVersion)
        .toSorted(compareVersions)
        .at(-1)
      if (newest === undefined) return undefined
      const row = await prisma.schemaVersion.findUnique({ where: { id_version: { id, version: newest } } })
      return row === null ? undefined : toSchema(row)
    },

    async conventionsUsing(hooks) {
      const rows = await prisma.convention.findMany({
        where: { hooks: { some: { hook: { in: [...hooks] } } } },
        include: withHooks,
        orderBy: { slug: 'asc' },
      })
      const conventions = rows.map(toConvention)
      return hooks.map((hook) => conventions.filter((convention) => convention.hooks.some((name) => name === hook)))
    },

    async conventionsOf(refs) {
      const rows = await prisma.convention.findMany({
        where: { OR: refs.map(({ id, version }) => ({ schemaId: id, schemaVersion: version })) },
        include: withHooks,
        orderBy: { slug: 'asc' },
      })
      const conventions = rows.map(toConvention)
      return refs.map(({ id, version }) => conventions.filter((c: Convention) => c.schema.id === id && c.schema.version === version))
    },
  }
}
