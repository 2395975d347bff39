import type { Database } from './connection.ts'

/** Tells this installation apart from every other, also from one with the same domain. Made with the archive's row, and then kept. */
export async function installationId({ prisma }: Pick<Database, 'prisma'>, domain: string): Promise<string> {
  const archive = await prisma.archive.upsert({ where: { id: 1 }, create: { domain }, update: {} })
  return archive.installationId
}
