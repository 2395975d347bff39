import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startNodeProcess } from './standalone/running-node.ts'
import { temporaryDirectory } from './support/index.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

test('the first session of the README works word for word', async () => {
  await using folder = await temporaryDirectory()
  await using node = startNodeProcess(join(folder.path, '.data'))
  await node.wrote('Strata is ready')

  const session = readme.slice(readme.indexOf('## A first session'), readme.indexOf('## Where to go next'))
  const blocks = [...session.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block)
  expect(blocks).toHaveLength(4)
  const output = await paste(blocks.join('\n'), folder.path)
  const [deployed, published, read] = output
    .trim()
    .split(/\n+/)
    .map((line) => JSON.parse(line))
  expect(deployed.data.deploy.created).toBe(true)
  expect(published.data.publishRecords.results.map(({ status }: { status: string }) => status)).toEqual([
    'PUBLISHED',
    'PUBLISHED',
    'INVALID',
  ])
  expect(read.data.convention.records.totalCount).toBe(2)
  const graded = read.data.rows.nodes.map(({ values, record, run }: GradedRow) => [
    record.metadata.pdb_id,
    values.grade,
    run.release.version,
  ])
  expect(graded.toSorted()).toEqual([
    ['1crn', 'fine', 1],
    ['4hhb', 'coarse', 1],
  ])
})

interface GradedRow {
  readonly values: { readonly grade: string }
  readonly record: { readonly metadata: { readonly pdb_id: string } }
  readonly run: { readonly release: { readonly version: number } }
}

/** What a terminal shows when this is pasted into it. */
async function paste(text: string, cwd: string): Promise<string> {
  const shell = spawn('bash', { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  shell.stdin.end(text)
  await once(shell, 'close')
  return output
}
