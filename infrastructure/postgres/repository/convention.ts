import type { ConventionContents, ConventionRepository, Manifest, SchemaUsage } from '@strata/domain/convention'
import type { Slug } from '@strata/domain/shared'
import { Prisma } from '@strata/prisma/client'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { claim } from './claim.ts'
import { toConvention, withHooks } from '../mappers/convention.ts'

export function conventionRepository(tx: Transaction): ConventionRepository {
  return {
    async claim(slug) {
      await claim(tx, 'convention', slug)
      const row = await tx.prisma.convention.findUnique({ where: { slug }, include: withHooks })
      return row === null ? undefined : toConvention(row)
    },

    async usersOfSchema(id) {
      const { rows } = await sql<{ slug: Slug }>`
        select slug from convention where schema_id = ${id}
        union select convention from convention_schema where schema_id = ${id}
        order by slug`.execute(tx.kysely)
      return rows.map(({ slug }) => slug)
    },

    async usageOfSchema({ id, version }) {
      // A transaction that publishes, submits or cites with this version locks its row, or a convention's, through a foreign key.
      await sql`select from schema_version where id = ${id} and version = ${version} for update`.execute(tx.kysely)
      await sql`select from convention where schema_id = ${id} and schema_version = ${version} order by slug for update`.execute(tx.kysely)
      const { rows } = await sql<SchemaUsage>`
        select exists (select from record where schema_id = ${id} and schema_version = ${version})
            or exists (select from candidate where schema_id = ${id} and schema_version = ${version})
            or exists (select from citation where schema_id = ${id} and schema_version = ${version})
            or exists (
              select from deposition join convention on convention.slug = deposition.convention
              where convention.schema_id = ${id} and convention.schema_version = ${version} and deposition.status <> 'PUBLISHED'
            ) as "isUsed",
          array(select convention from convention_schema where schema_id = ${id} and schema_version = ${version} order by convention) as conventions`.execute(
        tx.kysely,
      )
      const [usage] = rows
      if (usage === undefined) throw new Error('A select of constants has one row.')
      return usage
    },

    async contentsOf(slug) {
      // A transaction that adds a record or a deposition locks this row through its foreign key, so the two wait for each other.
      await sql`select from convention where slug = ${slug} for update`.execute(tx.kysely)
      const { rows } = await sql<ConventionContents>`
        select exists (select from record where convention = ${slug}) as records,
          exists (select from candidate where convention = ${slug}) as candidates,
          exists (select from deposition where convention = ${slug}) as depositions,
          exists (select from citation where convention = ${slug}) as citations`.execute(tx.kysely)
      const [contents] = rows
      if (contents === undefined) throw new Error('A select of constants has one row.')
      return contents
    },

    async remove(slug) {
      await tx.prisma.convention.delete({ where: { slug } })
    },

    async save(manifest, actor) {
      const values = { ...columnsOf(manifest), updatedAt: new Date(), updatedBy: actor }
      const row = await tx.prisma.convention.upsert({
        where: { slug: manifest.slug },
        create: { slug: manifest.slug, ...values, createdAt: values.updatedAt },
        update: values,
      })
      const { schemaId, schemaVersion } = row
      await tx.prisma.conventionSchema.createMany({ data: [{ convention: row.slug, schemaId, schemaVersion }], skipDuplicates: true })
      const hooks = manifest.hooks.map(({ name }, position) => ({ convention: row.slug, hook: name, position }))
      await tx.prisma.conventionHook.deleteMany({ where: { convention: row.slug } })
      await tx.prisma.conventionHook.createMany({ data: hooks })
      const { title, license } = row
      await tx.prisma.conventionDeployment.create({
        data: { convention: row.slug, actor, title, license, schemaId, schemaVersion, hooks: hooks.map(({ hook }) => hook) },
      })
      return toConvention({ ...row, hooks })
    },
  }
}

function columnsOf({ title, description, license, schema, files, review, docs }: Manifest) {
  return {
    title,
    description,
    license: license ?? null,
    schemaId: schema.id,
    schemaVersion: schema.version,
    files: files as unknown as Prisma.InputJsonObject,
    review,
    docs: docs === undefined ? Prisma.DbNull : (docs as unknown as Prisma.InputJsonObject),
  }
}
