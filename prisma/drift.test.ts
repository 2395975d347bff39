import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../infrastructure/postgres/index.ts'
import { expect, test } from 'vitest'
import { createEmptyDatabase, temporaryDirectory } from '../test/support/index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

test('the migrations lead to the schema', async () => {
  await using database = await createEmptyDatabase()
  const { exitCode, output } = await drift(database.url, 'schema.prisma')
  expect(output).toContain('No difference detected')
  expect(exitCode).toBe(0)
})

test('a column without a migration is noticed', async () => {
  await using database = await createEmptyDatabase()
  await using directory = await temporaryDirectory()
  const changed = join(directory.path, 'schema.prisma')
  const schema = await readFile(join(folder, 'schema.prisma'), 'utf8')
  await writeFile(changed, schema.replace('model Outbox {', 'model Outbox {\n  forgotten String?'))
  const { exitCode, output } = await drift(database.url, changed)
  expect(output).toContain('Added column `forgotten`')
  expect(exitCode).toBe(2)
})

test('Prisma agrees with what our own migrator did', async () => {
  await using database = await createEmptyDatabase()
  const before = await prisma(database.url, 'migrate', 'status')
  expect(before.exitCode).toBe(1)
  await migrate(database.url)
  const { exitCode, output } = await prisma(database.url, 'migrate', 'status')
  expect(output).toContain('Database schema is up to date!')
  expect(exitCode).toBe(0)
})

test('our migrator agrees with what Prisma did', async () => {
  await using database = await createEmptyDatabase()
  expect(await prisma(database.url, 'migrate', 'deploy')).toMatchObject({ exitCode: 0 })
  expect(await migrate(database.url)).toEqual({ applied: [] })
})

function drift(url: string, schema: string): Promise<{ exitCode: number; output: string }> {
  return prisma(url, 'migrate', 'diff', '--from-migrations', 'migrations', '--to-schema', schema, '--exit-code')
}

function prisma(url: string, ...args: string[]): Promise<{ exitCode: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: url }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(folder, 'engine/prisma.ts'), ...args], { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}
