import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOfFileName, faultOfSourceId, fileNameKey } from '@strata/domain/record'
import { folderOf, ingesterFiles, programContracts, type RunJob } from '@strata/domain/run'
import { isJsonObject, type Json } from '@strata/domain/shared'
import { InvalidOutput } from '../shared/invalid-output.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import { jsonText, openBoundedOutput, OutputExceeded } from './bounded-output.ts'
import { ProtocolBroken } from './frames.ts'

/** What a module ingester pulled, which the worker writes from the answers of the process. The reader checks it like a container's. */
export interface PulledResults {
  readonly count: number
  /** Writes the line of a record. The bytes of its files follow. */
  begin(body: Buffer): Promise<void>
  bytes(part: Buffer): Promise<void>
  /** Every announced byte of a file must have arrived. */
  settle(): Promise<void>
  end(o: { readonly session: string | undefined; readonly done: boolean }): Promise<void>
  progress(status: 'running' | 'done', message: string): Promise<void>
  close(): Promise<void>
}

interface Announced {
  readonly name: string
  readonly bytes: number
}

interface Incoming {
  /** Undefined when the content is dropped, because the reader refuses its record or its name. */
  readonly path: string | undefined
  left: number
}

const newFile = { flag: 'wx', mode: 0o644 } as const

type Directories = Pick<RunJob, 'filesDir' | 'outputDir' | 'maxOutputBytes'>

export function openPulled({ filesDir, outputDir, maxOutputBytes }: Directories, limit: number | undefined): PulledResults {
  const output = openBoundedOutput('ingester', outputDir, maxOutputBytes)
  const { maxEntries } = programContracts.ingester.tree
  const seen = new Set<string>()
  const waiting: Incoming[] = []
  /** Of the first of those. A record may announce more files than a process may have open. */
  let handle: FileHandle | undefined
  let count = 0
  let entries = 0

  async function place(sourceId: string, files: readonly Announced[]): Promise<void> {
    const folder = folderOf(sourceId)
    const isKept = folder !== undefined && !seen.has(sourceId)
    entries += files.length + 1
    if (entries > maxEntries) throw new OutputExceeded('ingester', `more than ${maxEntries} files`)
    if (isKept && files.length > 0) await mkdir(join(filesDir, folder), { mode: 0o755 })
    const names = new Set<string>()
    for (const { name, bytes } of files) {
      output.count(bytes)
      const fits = isKept && faultOfFileName(name) === undefined && !names.has(fileNameKey(name))
      names.add(fileNameKey(name))
      const path = fits ? join(filesDir, folder, name) : undefined
      if (bytes > 0) waiting.push({ path, left: bytes })
      else if (path !== undefined) await writeFile(path, '', newFile)
    }
  }

  async function settle(): Promise<void> {
    if (waiting.length > 0) throw new ProtocolBroken('it sent fewer bytes of a file than it announced')
  }

  return {
    get count() {
      return count
    },
    settle,
    async begin(body) {
      await settle()
      count += 1
      if (limit !== undefined && count > limit)
        throw new InvalidOutput(ingesterFiles.records, count, `there are more than ${limit} records, which is the limit of this pull`)
      const { head, metadata } = split(body)
      const sourceId = head['source_id']
      if (typeof sourceId !== 'string') throw new ProtocolBroken('it sent a record without a source id')
      const fault = faultOfSourceId(sourceId)
      if (fault !== undefined) throw new InvalidOutput(ingesterFiles.records, count, `its "source_id" ${fault}`)
      const about = `{"source_id":${JSON.stringify(sourceId)}`
      if (head['deleted'] === true) await output.append(ingesterFiles.records, `${about},"deleted":true}`)
      else {
        const files = announced(head['files'])
        const listed = files.map(({ name, bytes }) => ({
          name,
          relative_path: `${folderOf(sourceId) ?? ''}/${name}`,
          size_mb: bytes / 2 ** 20,
        }))
        await output.append(ingesterFiles.records, `${about},"metadata":${metadata},"files":${JSON.stringify(listed)}}`)
        await place(sourceId, files)
      }
      seen.add(sourceId)
    },
    async bytes(part) {
      let rest = part
      while (rest.length > 0) {
        const [file] = waiting
        if (file === undefined) throw new ProtocolBroken('it sent more bytes of a file than it announced')
        const now = rest.subarray(0, file.left)
        if (file.path !== undefined) handle ??= await open(file.path, newFile.flag, newFile.mode)
        await handle?.writeFile(now)
        file.left -= now.length
        rest = rest.subarray(now.length)
        if (file.left > 0) continue
        waiting.shift()
        await handle?.close()
        handle = undefined
      }
    },
    async end({ session, done }) {
      await settle()
      if (session !== undefined) await output.append(ingesterFiles.session, session)
      if (session !== undefined && done) await writeFile(join(outputDir, ingesterFiles.done), '', newFile)
    },
    progress: (status, message) => output.progress('pull', status, message),
    async close() {
      await Promise.all([output.close(), handle?.close()])
    },
  }
}

/** The host sends what it says about a record, a line break and the record's metadata. */
function split(body: Buffer) {
  const end = body.indexOf(0x0a)
  const parsed = parseStrictJson(body.subarray(0, Math.max(0, end)).toString())
  const metadata = jsonText(body.subarray(end + 1))
  if (!parsed.ok || !isJsonObject(parsed.value) || metadata === undefined) throw new ProtocolBroken('it sent a record that is no JSON')
  return { head: parsed.value, metadata }
}

function announced(files: Json | undefined): readonly Announced[] {
  if (!Array.isArray(files)) throw new ProtocolBroken('it sent a record without a list of files')
  return files.map((file: Json) => {
    const { name, bytes } = isJsonObject(file) ? file : {}
    if (typeof name !== 'string' || typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
      throw new ProtocolBroken('it announced a file without a name or a size')
    return { name, bytes }
  })
}
