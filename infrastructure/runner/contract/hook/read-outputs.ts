import { checkRows, hookFiles, type FeatureRow, type Outcome } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import { isJsonObject, parseDigest, type Bytes, type Digest, type Json, type JsonObject } from '@strata/domain/shared'
import { InvalidOutput } from '../../shared/invalid-output.ts'
import { explainNetwork } from '../../shared/network-hint.ts'
import { openOutput, type OutputDirectory } from '../../shared/open-output.ts'
import { readLines, type ChunkSource, type Line, type LineLimits, type ReadFile } from '../../shared/read-lines.ts'
import { parseStrictJson } from '../../shared/strict-json.ts'

/** All that one run says of one record. */
export interface RecordResult {
  readonly id: string
  readonly outcome: Outcome
  /** In the order of the contract's columns; none unless the record passed. */
  readonly rows: readonly FeatureRow[]
}

export interface OutputRequest {
  readonly dir: string
  readonly feature: FeatureSpec
  /** The records that this attempt was given. */
  readonly ids: ReadonlySet<string>
  /**
   * Whether the hook exited with 0. Otherwise it was stopped from outside, and only whole lines without a fault count:
   * domain/run/kept-work.ts.
   */
  readonly complete: boolean
  readonly limits?: LineLimits
}

/** What a file was, once it was read. `file` is its name in the output directory. */
export interface ReadOutput {
  readonly file: string
  readonly bytes: number
  readonly digest: Digest
}

const outputLimits: LineLimits = { maxFileBytes: 4 * 2 ** 30, maxLineBytes: 16 * 2 ** 20, maxLines: 1_000_000 }

/**
 * Reads what a hook wrote, trusting nothing, one record at a time; the generator returns the files with their digests,
 * in the order read. Call it when the hook is gone. An InvalidOutput says that nothing of it may be used, also not what
 * was yielded before: use the results within a transaction.
 */
export async function* readOutputs(request: OutputRequest): AsyncGenerator<RecordResult, readonly ReadOutput[]> {
  const output = await openOutput(request.dir)
  const seen = new Set<string>()
  const files: ReadOutput[] = []
  try {
    for (const file of [hookFiles.features, hookFiles.rejections, hookFiles.errors]) {
      const read = yield* readFile(output, file, request, seen)
      if (read !== undefined) files.push({ file, bytes: read.bytes, digest: parseDigest(read.digest) })
    }
    if (request.complete) for (const id of request.ids) if (!seen.has(id)) yield { id, outcome: { status: 'EMPTY' }, rows: [] }
    return files
  } finally {
    await output.close()
  }
}

/**
 * One file of results that was read before and kept since, as it was read then: of an attempt that was stopped, only what counted. Throws
 * an InvalidOutput when no reader would have accepted it.
 */
export async function* readKeptOutput(o: {
  readonly file: string
  readonly bytes: Bytes
  readonly complete: boolean
  readonly feature: FeatureSpec
  readonly ids: ReadonlySet<string>
}): AsyncGenerator<RecordResult> {
  const { file } = o
  if (!isResultFile(file)) throw new InvalidOutput(file, undefined, 'it is not a result file')
  const seen = new Set<string>()
  for await (const line of readLines(chunksOf(o.bytes), file, { ...outputLimits, maxLines: Math.min(outputLimits.maxLines, o.ids.size) })) {
    if (!line.ended && !o.complete) continue
    const result = readLine(line, file, o.feature, o.ids, seen)
    if (o.complete || isKept(result)) yield result
  }
}

function isResultFile(file: string): file is ResultFile {
  return file === hookFiles.features || file === hookFiles.rejections || file === hookFiles.errors
}

/** Bytes that come by themselves, read as from a file. */
function chunksOf(bytes: Bytes): ChunkSource {
  const iterator = bytes[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array()
  return {
    async read(into) {
      while (rest.byteLength === 0) {
        const next = await iterator.next()
        if (next.done === true) return { bytesRead: 0 }
        rest = next.value
      }
      const part = rest.subarray(0, into.byteLength)
      into.set(part)
      rest = rest.subarray(part.byteLength)
      return { bytesRead: part.byteLength }
    },
  }
}

type ResultFile = typeof hookFiles.features | typeof hookFiles.rejections | typeof hookFiles.errors

async function* readFile(
  output: OutputDirectory,
  file: ResultFile,
  { feature, ids, complete, limits = outputLimits }: OutputRequest,
  seen: Set<string>,
): AsyncGenerator<RecordResult, ReadFile | undefined> {
  const opened = await output.open(file)
  if (opened === undefined) return undefined
  try {
    if (opened.bytes > limits.maxFileBytes)
      throw new InvalidOutput(file, undefined, `it has ${opened.bytes} bytes; the maximum is ${limits.maxFileBytes}`)
    const lines = readLines(opened.handle, file, { ...limits, maxLines: Math.min(limits.maxLines, ids.size) })
    for (;;) {
      const next = await lines.next()
      if (next.done === true) return next.value
      if (!next.value.ended && !complete) continue
      const result = readLine(next.value, file, feature, ids, seen)
      if (complete || isKept(result)) yield result
    }
  } finally {
    await opened.handle.close()
  }
}

/** Of a hook that was stopped, an error is not the last word: the record is computed again. */
function isKept({ outcome }: RecordResult): boolean {
  return outcome.status !== 'ERRORED'
}

function readLine(
  { text, number }: Line,
  file: ResultFile,
  feature: FeatureSpec,
  ids: ReadonlySet<string>,
  seen: Set<string>,
): RecordResult {
  const parsed = parseStrictJson(text)
  if (!parsed.ok) throw new InvalidOutput(file, number, parsed.reason)
  const { value } = parsed
  if (!isJsonObject(value)) throw new InvalidOutput(file, number, 'it is not an object')
  const id = member(value, 'id')
  if (typeof id !== 'string') throw new InvalidOutput(file, number, 'it has no "id"')
  if (!ids.has(id)) throw new InvalidOutput(file, number, `the record "${bounded(id, 120)}" was not in the input`)
  if (seen.has(id)) throw new InvalidOutput(file, number, `there is another result for the record "${id}"`)
  seen.add(id)
  // From here on the line is this record's, and so is what is wrong with it.
  return parsed.fault === undefined ? resultOf(id, value, file, feature) : errored(id, `Its ${file} is unusable: ${parsed.fault}.`)
}

function resultOf(id: string, line: JsonObject, file: ResultFile, feature: FeatureSpec): RecordResult {
  switch (file) {
    case 'features.jsonl': {
      const features = member(line, 'features')
      if (features === undefined) return errored(id, 'The hook wrote a line without "features".')
      const checked = checkRows(features, feature)
      if (!checked.ok) return errored(id, checked.reason)
      return { id, outcome: { status: checked.rows.length > 0 ? 'PASSED' : 'EMPTY' }, rows: checked.rows }
    }
    case 'rejections.jsonl': {
      const reason = reasonOf(member(line, 'reason'))
      if (reason === undefined) return errored(id, 'The hook rejected the record without a "reason".')
      return { id, outcome: { status: 'REJECTED', reason }, rows: [] }
    }
    case 'errors.jsonl':
      return errored(
        id,
        explainNetwork('hook', reasonOf(member(line, 'error')) ?? 'The hook gave no reason.'),
        member(line, 'retryable') === true,
      )
  }
}

const maxReasonLength = 2_000

function reasonOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? bounded(value, maxReasonLength) : undefined
}

function errored(id: string, reason: string, retryable = false): RecordResult {
  return { id, outcome: { status: 'ERRORED', reason: bounded(reason, maxReasonLength), retryable }, rows: [] }
}

/** Cut so that no character is halved. */
function bounded(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}

function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
