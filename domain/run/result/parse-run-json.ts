import { canonicalJson, isDigest, isJsonObject, type Json, type JsonObject } from '@strata/domain/shared'
import { isFailureText } from '../attempt/failure-text.ts'
import { failureKinds } from '../attempt/failure.ts'
import { attemptReasons, countOomRetries, digestOutputs, printRunJson, type RunJson } from './run-json.ts'

/** A run.json that is damaged, contradicts itself or belongs to another run. Nothing may be inserted from it. */
export class InvalidRunJson extends Error {
  constructor(fault: string) {
    super(`This run.json cannot be used: ${fault}.`)
    this.name = 'InvalidRunJson'
  }
}

/** Parses the document and recomputes what can be recomputed. */
export function parseRunJson(text: string): RunJson {
  const run = shapeOf(parse(text))
  if (printRunJson(run) !== text) throw new InvalidRunJson('it is not canonical JSON')
  checkConsistency(run)
  return run
}

/** What the archive knows of a run; the document must match all of it. */
export type ExpectedRun = Pick<RunJson, 'run' | 'batch' | 'hook' | 'release' | 'runtime' | 'recordIds' | 'inputDigest'>

export function refuseMismatch(found: RunJson, expected: ExpectedRun): void {
  const pairs: readonly (readonly [name: string, found: unknown, expected: unknown])[] = [
    ['run', found.run, expected.run],
    ['batch', found.batch, expected.batch],
    ['hook', found.hook, expected.hook],
    ['release', found.release, expected.release],
    ['runtime', found.runtime, expected.runtime],
    ['record ids', found.recordIds, expected.recordIds],
    ['input digest', found.inputDigest, expected.inputDigest],
  ]
  for (const [name, one, other] of pairs) {
    if (text(one) !== text(other)) throw new InvalidRunJson(`its ${name} is not that of run ${expected.run}`)
  }
}

function checkConsistency(run: RunJson): void {
  const { counts } = run
  const faults: readonly (readonly [boolean, string])[] = [
    [new Set(run.recordIds).size !== run.recordIds.length, 'it lists a record twice'],
    [run.attempts.some(({ number }, i) => number !== i + 1), 'its attempts are not numbered 1, 2, 3 …'],
    [run.oomRetries !== countOomRetries(run.attempts), 'its oomRetries do not match its attempts'],
    [run.outputDigest !== digestOutputs(run.outputs), 'its outputDigest does not match its outputs'],
    [run.outputs.some(({ attempt }) => attempt > run.attempts.length), 'it has output of an attempt that does not exist'],
    [counts.records !== run.recordIds.length, 'its counts do not match its records'],
    [counts.passed + counts.empty + counts.rejected + counts.errored > counts.records, 'its counts do not add up'],
    [
      run.failure === undefined && counts.passed + counts.empty + counts.rejected + counts.errored !== counts.records,
      'its counts do not add up',
    ],
    [(run.status === 'PASSED' || run.status === 'WARNINGS') === (run.failure !== undefined), 'its status contradicts its failure'],
    [(run.status === 'WARNINGS') !== (run.failure === undefined && counts.errored > 0), 'its status contradicts its counts'],
  ]
  const fault = faults.find(([broken]) => broken)
  if (fault !== undefined) throw new InvalidRunJson(fault[1])
}

function parse(source: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw new InvalidRunJson(`it is not JSON (${error instanceof Error ? error.message : 'unreadable'})`)
  }
  if (isJsonObject(value)) return value
  throw new InvalidRunJson('it is not an object')
}

function shapeOf(json: JsonObject): RunJson {
  checkMembers(json, 'it', members)
  const unknown = Object.keys(json).find((name) => name !== 'failure' && !Object.hasOwn(members, name))
  if (unknown !== undefined) throw new InvalidRunJson(`it has the member "${unknown.slice(0, 80)}", which no run.json has`)
  checkMembers(member(json, 'release'), 'release', { id: isText, version: isCount, sourceRef: isText })
  checkMembers(member(json, 'runtime'), 'runtime', { type: isText, digest: isHash, config: isJsonObject })
  checkMembers(member(json, 'counts'), 'counts', counts)
  for (const attempt of list(json, 'attempts')) {
    checkMembers(attempt, 'attempt', {
      number: isCount,
      because: isReason,
      records: isCount,
      limits: isJsonObject,
      isolation: Array.isArray,
      startedAt: isTime,
      finishedAt: isTime,
    })
    if (isJsonObject(attempt) && attempt['failure'] !== undefined) checkMembers(attempt['failure'], 'failure of an attempt', failureMembers)
  }
  for (const output of list(json, 'outputs'))
    checkMembers(output, 'output', { attempt: isCount, file: isText, bytes: isCount, digest: isHash })
  if (json.failure !== undefined) checkMembers(member(json, 'failure'), 'failure', failureMembers)
  // All members that the code relies on are checked above.
  return json as unknown as RunJson
}

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === 'string'
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isHash: Check = (value) => typeof value === 'string' && isDigest(value)
const isTime: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value))
const isReason: Check = (value) => attemptReasons.some((reason) => reason === value)
const isKind: Check = (value) => failureKinds.some((kind) => kind === value)
const isStatus: Check = (value) => ['PASSED', 'WARNINGS', 'FAILED', 'ERROR', 'CANCELLED'].some((status) => status === value)
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText)

const failureMembers = { kind: isKind, message: isFailureText }
const counts = { records: isCount, passed: isCount, empty: isCount, rejected: isCount, errored: isCount, rows: isCount }
const members: Readonly<Record<string, Check>> = {
  format: (value) => value === 'strata-run/1',
  run: isText,
  batch: isText,
  hook: isText,
  release: isJsonObject,
  runtime: isJsonObject,
  recordIds: isTexts,
  attempts: Array.isArray,
  oomRetries: isCount,
  inputDigest: isHash,
  outputs: Array.isArray,
  outputDigest: isHash,
  counts: isJsonObject,
  status: isStatus,
  startedAt: isTime,
  finishedAt: isTime,
}

function checkMembers(value: unknown, where: string, checks: Readonly<Record<string, Check>>): void {
  if (!isJsonObject(value)) throw new InvalidRunJson(`${where} is not an object`)
  for (const [name, check] of Object.entries(checks)) {
    if (!check(value[name])) throw new InvalidRunJson(`the "${name}" of ${where} is missing or invalid`)
  }
}

function member(json: JsonObject, name: string): unknown {
  return json[name]
}

function list(json: JsonObject, name: string): readonly unknown[] {
  const value: unknown = json[name]
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  const json: Json = JSON.parse(JSON.stringify(value))
  return canonicalJson(json)
}
