import type { FileQueries, RecordFile, RecordId } from '@strata/domain/record'
import { sql } from 'kysely'
import { isInSight, mediaTypeInSight } from '../repository/file-sight.ts'
import { toFile, toRecordFile, type FileRow } from '../mappers/file.ts'
import type { Database } from '../session/connection.ts'
import { recordFileStore } from '../store/record-files.ts'

export function fileQueries({ kysely }: Pick<Database, 'kysely'>): FileQueries {
  return {
    async filesOf(records) {
      const { rows } = await sql<FileRow & { record_id: RecordId; name: string }>`
        select record_id, name, digest, size, media_type
        from record_file join file using (digest)
        where record_id = any(${records}::uuid[])
        order by record_id, position`.execute(kysely)
      const byRecord = Map.groupBy(rows, (row) => row.record_id)
      return records.map((record): readonly RecordFile[] => byRecord.get(record)?.map(toRecordFile) ?? [])
    },

    async fileOf(record, name) {
      const { rows } = await sql<FileRow & { name: string }>`
        select name, digest, size, media_type
        from record_file join file using (digest)
        where record_id = ${record} and name = ${name}`.execute(kysely)
      return rows[0] === undefined ? undefined : toRecordFile(rows[0])
    },

    async file(digest, sight) {
      const { rows } = await sql<FileRow & { is_published: boolean }>`
        select digest, size, ${mediaTypeInSight(sight)} as media_type, exists (select from record_file where record_file.digest = file.digest) as is_published
        from file
        where digest = ${digest} and stored_at is not null and ${isInSight(sight)}`.execute(kysely)
      return rows[0] === undefined ? undefined : { ...toFile(rows[0]), isPublished: rows[0].is_published }
    },

    rulesOf: (convention) => recordFileStore({ kysely }).rulesOf(convention),
  }
}
