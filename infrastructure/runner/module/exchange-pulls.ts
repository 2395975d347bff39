import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { ingesterFiles, type PullBounds, type RunJob } from '@strata/domain/run'
import { isJsonObject } from '@strata/domain/shared'
import { explainNetwork } from '../shared/network-hint.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import { jsonText } from './bounded-output.ts'
import { framesOf, ProtocolBroken, type Frames } from './frames.ts'
import { fromHost, maxFrameBytes, toHost, tokenBytes } from './host/frame-kinds.ts'
import { introduced, preparedFile, wordsOf } from './introduce.ts'
import type { Progress } from './progress.ts'
import { openPulled, type PulledResults } from './pulled-results.ts'

type Directories = Pick<RunJob, 'inputDir' | 'filesDir' | 'outputDir' | 'maxOutputBytes'>

/**
 * Asks an ingester's process for one batch after the other, until it is done or the limit is reached, and writes what it answers. The
 * process has no access to any file. Resolves when the process ends; throws ProtocolBroken, OutputExceeded or InvalidOutput when the caller
 * must kill it.
 */
export async function exchangePulls(socket: Duplex, job: Directories, { limit, since }: PullBounds, progress: Progress): Promise<void> {
  const frames = framesOf(socket, maxFrameBytes)
  if (!(await introduced(frames, job.inputDir, progress))) return
  const results = openPulled(job, limit)
  let session = (await preparedFile(job.inputDir, ingesterFiles.session))?.toString()
  try {
    for (let batch = 1; ; batch += 1) {
      progress.at = `batch ${batch}`
      const before = { session, count: results.count }
      const left = limit === undefined ? undefined : limit - results.count
      const answer = await pulled(frames, { session, since: since?.toISOString(), limit: left }, results)
      if (answer === undefined) return
      if ('threw' in answer) return await failed(frames, progress, answer.threw)
      session = answer.session
      await results.progress('running', `${results.count} records`)
      if (answer.done || results.count === limit) {
        await results.end({ session, done: answer.done })
        break
      }
      if (results.count === before.count && session === before.session) return await failed(frames, progress, noProgress)
    }
    await results.progress('done', `${results.count} records`)
    progress.stage = 'done'
    await untilEnded(frames)
  } finally {
    await results.close()
  }
}

const noProgress =
  'It returned no record and the session that it was given, and is not done; it would be called with the same session for ever. Return `done: true` when the source has no more.'

async function failed(frames: Frames, progress: Progress, why: string): Promise<void> {
  progress.threw = explainNetwork('ingester', why)
  await untilEnded(frames)
}

/** Messages from here on belong to no batch. */
async function untilEnded(frames: Frames): Promise<void> {
  await frames.send(toHost.done)
  while ((await frames.next()) !== undefined);
}

type Answer = { readonly session: string | undefined; readonly done: boolean } | { readonly threw: string }

/** Undefined when the process closed its socket instead. */
async function pulled(
  frames: Frames,
  { session, ...bounds }: { readonly session: string | undefined; readonly since: string | undefined; readonly limit: number | undefined },
  results: PulledResults,
): Promise<Answer | undefined> {
  const token = randomBytes(tokenBytes)
  // The session is the text of a JSON value, so it is put there as it is.
  const question = `{"session":${session ?? 'null'},"bounds":${JSON.stringify(bounds)}}`
  await frames.send(toHost.pull, token, Buffer.from(question))
  for (;;) {
    const frame = await frames.next()
    if (frame === undefined) return undefined
    if (!frame.body.subarray(0, tokenBytes).equals(token)) throw new ProtocolBroken('it answered for a batch that it was not asked for')
    const rest = frame.body.subarray(tokenBytes)
    switch (frame.kind) {
      case fromHost.pulled:
        await results.begin(rest)
        break
      case fromHost.fileBytes:
        await results.bytes(rest)
        break
      case fromHost.batch:
        await results.settle()
        return endOf(rest)
      case fromHost.error:
        return { threw: errorOf(rest) }
      default:
        throw new ProtocolBroken(`it sent a message of the kind ${frame.kind}`)
    }
  }
}

/** A first byte that says whether the source has no more, and the session, which may be missing. */
function endOf(body: Buffer): Answer {
  const rest = body.subarray(1)
  const session = rest.length === 0 ? undefined : jsonText(rest)
  if (body.length === 0 || (rest.length > 0 && session === undefined)) throw new ProtocolBroken('it sent a session that is no JSON')
  return { session, done: body[0] === 1 }
}

function errorOf(body: Buffer): string {
  const said = parseStrictJson(wordsOf(body))
  const error = said.ok && isJsonObject(said.value) ? said.value['error'] : undefined
  return typeof error === 'string' ? `${error}.` : 'It gave no reason.'
}
