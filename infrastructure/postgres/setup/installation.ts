import type { Database } from './connection.ts'

/** Identifies this installation, also among others with the same domain. Generated with the archive's row and never changed. */
export async function installationId({ prisma }: Pick<Database, 'prisma'>, domain: string): Promise<string> {
  const archive = await prisma.archive.upsert({ where: { id: 1 }, create: { domain }, update: {} })
  return archive.installationId
}
