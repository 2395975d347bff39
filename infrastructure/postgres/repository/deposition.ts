import { randomUUIDv7 } from 'node:crypto'
import type { Deposition, DepositionId, DepositionRepository, RevisableRecord } from '@strata/domain/deposition'
import type { RecordId, RecordSource } from '@strata/domain/record'
import type { Slug } from '@strata/domain/shared'
import type { Prisma } from '@strata/prisma/client'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { newestVersions } from '../store/newest-versions.ts'
import { dropReferences } from './file-reference.ts'
import { toConvention, toSchema, withHooks } from '../mappers/convention.ts'
import { toDeposition, withFiles } from '../mappers/deposition.ts'

export function depositionRepository(tx: Transaction): DepositionRepository {
  const { kysely, prisma } = tx
  return {
    async insert({ convention, owner, metadata, revises, filesOf }) {
      const [id, now] = [randomUUIDv7(), new Date()]
      const revision = { revises: revises?.record ?? null, revisedVersion: revises?.version ?? null, note: revises?.note ?? null }
      const data = { id, convention, owner, metadata: asJson(metadata), createdAt: now, updatedAt: now, ...revision }
      await prisma.deposition.create({ data })
      if (filesOf !== undefined) await carryFiles(tx, filesOf, id)
      return toDeposition(await prisma.deposition.findUniqueOrThrow({ where: { id }, include: withFiles }))
    },

    async claim(id) {
      await sql`select from deposition where id = ${id} for update`.execute(kysely)
      const row = await prisma.deposition.findUnique({ where: { id }, include: withFiles })
      return row === null ? undefined : toDeposition(row)
    },

    async claimCandidate(candidate) {
      await sql`select from deposition where candidate = ${candidate} for update`.execute(kysely)
      const row = await prisma.deposition.findUnique({ where: { candidate }, include: withFiles })
      return row === null ? undefined : toDeposition(row)
    },

    async save(deposition, was) {
      const updatedAt = new Date()
      const data = { ...columnsOf(deposition), updatedAt }
      const { count } = await prisma.deposition.updateMany({ where: { id: deposition.id, status: was }, data })
      if (count !== 1) throw new Error(`the deposition ${deposition.id} was changed without being claimed`)
      return { ...deposition, updatedAt }
    },

    async addFile(id, { name, digest, size, mediaType }) {
      const position = await nextPosition(tx, id)
      await prisma.depositionFile.create({ data: { depositionId: id, name, digest, size, mediaType: mediaType ?? null, position } })
      await sql`update file set referenced_at = now() where digest = ${digest} and referenced_at is null`.execute(kysely)
    },

    async removeFile(id, name) {
      const { digest } = await prisma.depositionFile.delete({ where: { depositionId_name: { depositionId: id, name } } })
      await dropReferences(kysely, [digest])
      // Restarts the grace period of the content, so that its owner can use it elsewhere.
      await sql`
        update file_holding set touched_at = now()
        where digest = ${digest} and holder = (select owner from deposition where id = ${id})`.execute(kysely)
    },

    claimRecord: (identity) => claimRecord(tx, identity),

    async rulesOf(slug) {
      const row = await prisma.convention.findUnique({ where: { slug }, include: { ...withHooks, schema: true } })
      return row === null ? undefined : { convention: toConvention(row), schema: toSchema(row.schema) }
    },
  }
}

async function nextPosition({ prisma }: Transaction, depositionId: DepositionId): Promise<number> {
  const { _max } = await prisma.depositionFile.aggregate({ where: { depositionId }, _max: { position: true } })
  return (_max.position ?? 0) + 1
}

/** The draft refers to the same stored content as the published version. */
async function carryFiles({ kysely }: Transaction, record: RecordId, deposition: string): Promise<void> {
  await sql`
    insert into deposition_file (deposition_id, name, digest, size, position, media_type)
    select ${deposition}, name, digest, size, position, media_type from record_file join file using (digest)
    where record_id = ${record}`.execute(kysely)
}

/** Takes the lock of publishing and withdrawing: the row of version 1. The later statements see what others committed before. */
async function claimRecord(tx: Transaction, identity: RecordId): Promise<RevisableRecord | undefined> {
  const { rows } = await sql<{ convention: Slug; source: RecordSource }>`
    select convention, source from record where id = ${identity} and version = 1 for update`.execute(tx.kysely)
  const [record] = rows
  if (record === undefined) return undefined
  const { convention, source } = record
  const newest = (await newestVersions(tx, { convention, type: source.type, ids: [source.id] }, false)).get(source.id)
  if (newest === undefined) throw new Error(`the record ${identity} has no versions`)
  const first =
    source.type === 'deposition' ? await tx.prisma.deposition.findUnique({ where: { id: source.id }, select: { owner: true } }) : null
  const draft = await tx.prisma.deposition.findFirst({ where: { revises: identity, status: { not: 'PUBLISHED' } }, select: { id: true } })
  return { convention, source, newest, owner: first?.owner, draft: (draft?.id ?? undefined) as DepositionId | undefined }
}

function columnsOf({ status, metadata, findings, candidate, record, revises }: Deposition) {
  return {
    status,
    metadata: asJson(metadata),
    findings: findings as unknown as Prisma.InputJsonArray,
    candidate: candidate ?? null,
    recordId: record ?? null,
    revisedVersion: revises?.version ?? null,
  }
}

function asJson(value: Deposition['metadata']): Prisma.InputJsonObject {
  return value as unknown as Prisma.InputJsonObject
}
