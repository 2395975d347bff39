import { randomUUIDv7 } from 'node:crypto'
import type { Deposition, DepositionId, DepositionRepository } from '@strata/domain/deposition'
import type { Prisma } from '@strata/prisma/client'
import { sql } from 'kysely'
import type { Transaction } from '../session/transaction.ts'
import { dropReferences } from './file-reference.ts'
import { toConvention, toSchema, withHooks } from '../mappers/convention.ts'
import { toDeposition, withFiles } from '../mappers/deposition.ts'

export function depositionRepository(tx: Transaction): DepositionRepository {
  const { kysely, prisma } = tx
  return {
    async insert({ convention, owner, metadata }) {
      const now = new Date()
      const data = { id: randomUUIDv7(), convention, owner, metadata: asJson(metadata), createdAt: now, updatedAt: now }
      return toDeposition({ ...(await prisma.deposition.create({ data })), files: [] })
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

function columnsOf({ status, metadata, findings, candidate, record }: Deposition) {
  return {
    status,
    metadata: asJson(metadata),
    findings: findings as unknown as Prisma.InputJsonArray,
    candidate: candidate ?? null,
    recordId: record ?? null,
  }
}

function asJson(value: Deposition['metadata']): Prisma.InputJsonObject {
  return value as unknown as Prisma.InputJsonObject
}
