import { access, lstat, mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FeatureRow, RunWorkspace, SettledRecord } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import type { Blobs } from '@strata/domain/shared'
import { InvalidOutput } from '../shared/invalid-output.ts'
import { codeOf, openOutput } from '../shared/open-output.ts'
import { prepareInput } from '../contract/hook/prepare-input.ts'
import { readOutputs, type ReadOutput } from '../contract/hook/read-outputs.ts'
import { removeTree } from '../shared/remove-tree.ts'
import { layFiles } from './lay-files.ts'
import { attemptDirectory, leaseDirectory, runDirectory } from './layout.ts'

/** Where rows go that were read and checked, until their run ends. */
export type StageRows = (o: { path: string; run: string; version: number; feature: FeatureSpec }) => Promise<{
  add(record: string, rows: readonly FeatureRow[]): Promise<void>
  close(): Promise<void>
}>

/** The directories of runs below `root`, and what the worker itself reads and writes in them. */
export function runWorkspace(root: string, { stageRows, blobs }: { stageRows: StageRows; blobs: Pick<Blobs, 'open'> }): RunWorkspace {
  return {
    async open(at) {
      const place = attemptDirectory(root, at)
      await mkdir(place, { recursive: true, mode: 0o711 })
      const inputDir = join(place, 'in')
      const filesDir = join(place, 'files')
      const outputDir = join(place, 'out')
      for (const made of [inputDir, filesDir, outputDir]) await mkdir(made, { mode: 0o755 })
      return { inputDir, filesDir, outputDir, logFile: join(place, 'log'), stagedFile: join(place, 'rows') }
    },

    async prepare({ inputDir, filesDir }, records, config) {
      const { digest } = await prepareInput(inputDir, layFiles(filesDir, records, blobs), config)
      return digest
    },

    async read(place, o) {
      const rows = await stageRows({ path: place.stagedFile, run: o.run, version: o.version, feature: o.feature })
      const settled: SettledRecord[] = []
      try {
        const results = readOutputs({ dir: place.outputDir, feature: o.feature, ids: o.ids, complete: o.complete })
        for (;;) {
          const next = await results.next()
          if (next.done === true) return { ok: true, settled, files: filesOf(o.attempt, next.value), staged: place.stagedFile }
          await rows.add(next.value.id, next.value.rows)
          settled.push({ id: next.value.id, outcome: next.value.outcome, rows: next.value.rows.length })
        }
      } catch (error) {
        if (error instanceof InvalidOutput) return { ok: false, reason: error.message }
        throw error
      } finally {
        await rows.close()
      }
    },

    /** Removes everything of an attempt except the named files, its results. Returns how many bytes are left. */
    async clear({ inputDir, filesDir, outputDir, logFile, stagedFile }, kept) {
      const [aside, discarded] = [`${outputDir}.kept`, `${outputDir}.discarded`]
      await mkdir(aside, { mode: 0o700 })
      for (const name of kept) await rename(join(outputDir, name), join(aside, name))
      // Put the results back before removing anything, because a hostile tree may make the removal fail.
      await rename(outputDir, discarded)
      await rename(aside, outputDir)
      for (const path of [discarded, inputDir, filesDir, logFile, ...(kept.length === 0 ? [outputDir, stagedFile] : [])])
        await removeTree(path)
      const left = kept.length === 0 ? [] : [stagedFile, ...kept.map((name) => join(outputDir, name))]
      const sizes = await Promise.all(left.map(async (path) => (await lstat(path)).size))
      return sizes.reduce((sum, size) => sum + size, 0)
    },

    async writeRunJson(at, text) {
      const path = join(leaseDirectory(root, at), 'run.json')
      await mkdir(dirname(path), { recursive: true, mode: 0o711 })
      const half = await open(`${path}.part`, 'w', 0o644)
      try {
        await half.writeFile(text)
        await half.sync()
      } finally {
        await half.close()
      }
      await rename(`${path}.part`, path)
      return readFile(path, 'utf8')
    },

    /** A file of an attempt's output, held so that it is the one that was checked. */
    async output(at) {
      const dir = join(attemptDirectory(root, at), 'out')
      if (!(await isThere(dir))) return undefined
      const output = await openOutput(dir)
      try {
        const file = await output.open(at.file)
        return file?.handle.createReadStream()
      } finally {
        await output.close()
      }
    },

    remove: (run) => removeTree(runDirectory(root, run)),

    async runs() {
      const shelves = await Promise.all((await entries(root)).map((shelf) => entries(join(root, shelf))))
      return shelves.flat().filter((name) => /^[0-9a-f-]{36}$/.test(name))
    },
  }
}

function filesOf(attempt: number, read: readonly ReadOutput[]) {
  return read.map(({ file, bytes, digest }) => ({ attempt, file, bytes, digest }))
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false
      throw error
    },
  )
}

/** The size of directories that only the worker writes into. */
async function entries(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
