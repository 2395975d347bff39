import { execFile } from 'node:child_process'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
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

test('the generated client and table types are those of the schema', async () => {
  // Inside the package, where the generators find what they import.
  await using directory = await temporaryDirectory(join(folder, 'node_modules'))
  await cp(join(folder, 'schema.prisma'), join(directory.path, 'schema.prisma'))
  const { exitCode, output } = await prisma(undefined, 'generate', '--schema', join(directory.path, 'schema.prisma'))
  expect(output).toContain('Generated')
  expect(exitCode).toBe(0)
  expect(await filesBelow(join(directory.path, 'generated'))).toEqual(await filesBelow(join(folder, 'generated')))
})

function drift(url: string, schema: string): Promise<{ exitCode: number; output: string }> {
  return prisma(url, 'migrate', 'diff', '--from-migrations', 'migrations', '--to-schema', schema, '--exit-code')
}

function prisma(url: string | undefined, ...args: string[]): Promise<{ exitCode: number; output: string }> {
  const env = url === undefined ? process.env : { ...process.env, DATABASE_URL: url }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(folder, 'engine/prisma.ts'), ...args], { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}

async function filesBelow(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = async (path: string) => [path.slice(directory.length), await readFile(path, 'utf8')] as const
  const files = await Promise.all(paths.sort().map(read))
  return Object.fromEntries(files)
}
