import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { hookFiles, type RunJob } from '@strata/domain/run'
import { readLines } from '../shared/read-lines.ts'
import { framesOf, ProtocolBroken, type Frame, type Frames } from './frames.ts'
import { fromHost, maxFrameBytes, toHost, tokenBytes } from './host/frame-kinds.ts'
import { introduced } from './introduce.ts'
import type { Progress } from './progress.ts'
import { filesOfRecord, type RecordFiles } from './record-files.ts'
import { openResults, type RecordResults } from './record-results.ts'

type Directories = Pick<RunJob, 'inputDir' | 'filesDir' | 'outputDir' | 'maxOutputBytes'>

const progressEveryMs = 1_000

/**
 * Gives a hook's process one record at a time, reads that record's files for it and writes its answers. The process has no access to another
 * record's input, to any file, or to the output. Resolves when the process ends; throws ProtocolBroken or OutputExceeded when the caller
 * must kill it.
 */
export async function exchangeRecords(socket: Duplex, job: Directories, progress: Progress): Promise<void> {
  const frames = framesOf(socket, maxFrameBytes)
  if (!(await introduced(frames, job.inputDir, progress))) return
  const input = await open(join(job.inputDir, hookFiles.records))
  const results = openResults(job.outputDir, job.maxOutputBytes)
  let count = 0
  let told = performance.now()
  try {
    for await (const { text } of readLines(input, hookFiles.records, whateverTheWorkerWrote)) {
      const { id }: { id: string } = JSON.parse(text)
      progress.at = `record ${id}`
      if (!(await answered(frames, { id, text, filesDir: job.filesDir }, results))) return
      count += 1
      if (performance.now() - told > progressEveryMs) {
        told = performance.now()
        await results.progress('running', `${count} records`)
      }
    }
    await results.progress('done', `${count} records`)
    progress.stage = 'done'
    await frames.send(toHost.done)
    // Read until the process ends. Messages from here on belong to no record.
    while ((await frames.next()) !== undefined);
  } finally {
    await Promise.all([results.close(), input.close()])
  }
}

const whateverTheWorkerWrote = { maxFileBytes: Infinity, maxLineBytes: Infinity, maxLines: Infinity }

/** False when the process closed its socket instead. */
async function answered(
  frames: Frames,
  { id, text, filesDir }: { id: string; text: string; filesDir: string },
  results: RecordResults,
): Promise<boolean> {
  const token = randomBytes(tokenBytes)
  const files = filesOfRecord(filesDir, id)
  try {
    await frames.send(toHost.record, token, Buffer.from(text))
    for (;;) {
      const frame = await frames.next()
      if (frame === undefined) return false
      const isOurs = frame.body.subarray(0, tokenBytes).equals(token)
      const rest = frame.body.subarray(tokenBytes)
      switch (frame.kind) {
        case fromHost.listFiles:
        case fromHost.readFile:
          // A hook may still hold the `files` of a finished record.
          await (isOurs
            ? lookUp(frames, frame, rest, files)
            : frames.send(toHost.refused, Buffer.from('the record of these files is done')))
          break
        case fromHost.rows:
        case fromHost.rejection:
        case fromHost.error:
          if (!isOurs) throw new ProtocolBroken('it answered for a record that it was not given')
          await results.add(id, frame.kind, rest)
          return true
        default:
          throw new ProtocolBroken(`it sent a message of the kind ${frame.kind}`)
      }
    }
  } finally {
    await files.close()
  }
}

async function lookUp(frames: Frames, { kind }: Frame, rest: Buffer, files: RecordFiles): Promise<void> {
  if (kind === fromHost.listFiles) return frames.send(toHost.files, Buffer.from(JSON.stringify(await files.list())))
  const [, digits = '', name = ''] = /^(\d{1,15}) (.*)$/s.exec(rest.subarray(0, 10_000).toString()) ?? []
  const bytes = digits === '' ? undefined : await files.read(name, Number(digits))
  return bytes === undefined
    ? frames.send(toHost.refused, Buffer.from(`this record has no file ${JSON.stringify(name.slice(0, 200))}`))
    : frames.send(toHost.bytes, bytes)
}
