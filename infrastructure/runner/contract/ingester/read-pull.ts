import { isUtf8 } from 'node:buffer'
import { faultOfSourceId } from '@strata/domain/record'
import { ingesterFiles, type PulledRecord, type PullEnd } from '@strata/domain/run'
import { isJsonObject, parseDigest, type Json } from '@strata/domain/shared'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import { openOutput, type OutputDirectory } from '../../shared/open-output.ts'
import { readLines, type Line, type LineLimits } from '../../shared/read-lines.ts'
import { parseStrictJson } from '../../shared/strict-json.ts'
import type { ReadOutput } from '../hook/read-outputs.ts'
import { checkPulledFiles } from './check-pulled-files.ts'

export interface PullRequest {
  readonly outputDir: string
  readonly filesDir: string
  /** The limit that the ingester was given. */
  readonly limit?: number
}

export interface ReadPull extends PullEnd {
  /** The file of records, when there is one. */
  readonly records?: ReadOutput
}

const lineLimits: LineLimits = { maxFileBytes: 4 * 2 ** 30, maxLineBytes: 16 * 2 ** 20, maxLines: 1_000_000 }
const maxSessionBytes = 2 ** 20

/**
 * Reads what an ingester pulled, trusting nothing, one record at a time; the generator returns how the pull ended. Call it when the ingester
 * is gone and exited with 0: after another end, its session says nothing about its records. An InvalidOutput says that nothing of it may be
 * used, also not what was yielded before. A record that breaks the contract is `invalid`, and costs the others nothing.
 */
export async function* readPull({ outputDir, filesDir, limit }: PullRequest): AsyncGenerator<PulledRecord, ReadPull> {
  const output = await openOutput(outputDir)
  try {
    const files = await openOutput(filesDir)
    try {
      const records = yield* readRecords(output, files, limit)
      return { ...(await readEnd(output)), ...(records === undefined ? {} : { records }) }
    } finally {
      await files.close()
    }
  } finally {
    await output.close()
  }
}

async function* readRecords(
  output: OutputDirectory,
  files: OutputDirectory,
  limit: number | undefined,
): AsyncGenerator<PulledRecord, ReadOutput | undefined> {
  const file = ingesterFiles.records
  const opened = await output.open(file)
  if (opened === undefined) return undefined
  const seen = new Set<string>()
  try {
    const lines = readLines(opened.handle, file, { ...lineLimits, maxLines: Math.min(lineLimits.maxLines, limit ?? Infinity) })
    for (;;) {
      const next = await lines.next()
      if (next.done === true) return { file, bytes: next.value.bytes, digest: parseDigest(next.value.digest) }
      yield await readRecord(next.value, files, seen)
    }
  } finally {
    await opened.handle.close()
  }
}

async function readRecord({ text, number }: Line, files: OutputDirectory, seen: Set<string>): Promise<PulledRecord> {
  const refused = (reason: string) => new InvalidOutput(ingesterFiles.records, number, reason)
  const parsed = parseStrictJson(text)
  if (!parsed.ok) throw refused(parsed.reason)
  if (!isJsonObject(parsed.value)) throw refused('it is not an object')
  const { source_id: sourceId, deleted = false, metadata, files: listed = [] } = parsed.value
  if (typeof sourceId !== 'string') throw refused('it has no "source_id"')
  const fault = faultOfSourceId(sourceId)
  if (fault !== undefined) throw refused(`its "source_id" ${fault}`)
  // From here on the line is this record's, and so is what is wrong with it.
  if (seen.has(sourceId)) return { status: 'repeated', sourceId }
  seen.add(sourceId)
  const invalid = (reason: string): PulledRecord => ({ status: 'invalid', sourceId, reason })
  if (parsed.fault !== undefined) return invalid(`Its line in ${ingesterFiles.records} is unusable: ${parsed.fault}.`)
  if (typeof deleted !== 'boolean') return invalid('Its "deleted" is neither true nor false.')
  if (deleted) return hasContent(metadata, listed) ? invalid('It is deleted and has metadata or files.') : { status: 'deleted', sourceId }
  if (!isJsonObject(metadata)) return invalid('It has no "metadata" that is an object.')
  const checked = await checkPulledFiles(sourceId, listed, files)
  return checked.ok ? { status: 'present', sourceId, metadata, files: checked.files } : invalid(checked.reason)
}

function hasContent(metadata: Json | undefined, files: Json): boolean {
  return metadata !== undefined || !Array.isArray(files) || files.length > 0
}

/** Without a session there is nothing to go on from, so the source has no more. */
async function readEnd(output: OutputDirectory): Promise<PullEnd> {
  const session = await readSession(output)
  if (session === undefined) return { done: true }
  const done = await output.open(ingesterFiles.done)
  await done?.handle.close()
  return { session, done: done !== undefined }
}

async function readSession(output: OutputDirectory): Promise<Json | undefined> {
  const opened = await output.open(ingesterFiles.session)
  if (opened === undefined) return undefined
  const refused = (reason: string) => new InvalidOutput(ingesterFiles.session, undefined, reason)
  try {
    if (opened.bytes > maxSessionBytes) throw refused(`it has ${opened.bytes} bytes; the most is ${maxSessionBytes}`)
    const bytes = await opened.handle.readFile()
    if (!isUtf8(bytes)) throw refused('it is not UTF-8')
    const parsed = parseStrictJson(bytes.toString())
    if (!parsed.ok) throw refused(parsed.reason)
    if (parsed.fault !== undefined) throw refused(parsed.fault)
    return parsed.value
  } finally {
    await opened.handle.close()
  }
}
