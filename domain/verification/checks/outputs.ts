import type { FeatureRow, OutcomeStatus, OutputFile } from '@strata/domain/run'
import type { FeatureSpec } from '@strata/domain/registry'
import type { Blobs, Bytes, Digest } from '@strata/domain/shared'
import { finding, type VerificationFinding } from '../finding.ts'
import type { Check, Sample, Selection } from '../verification.ts'

/** Port: runs whose files are stored, and their rows. */
export interface VerifiedOutputs {
  measure(seed: string, sample: Sample | undefined): Promise<{ readonly of: number; readonly selection: Selection }>
  page(after: string | undefined, limit: number, selection: Selection): Promise<readonly RunOfOutputs[]>
  /** Compares these rows with the run's rows in the hook's table, in the database. */
  compare(
    run: RunOfOutputs,
    derived: AsyncIterable<DerivedRows>,
  ): Promise<{ readonly different: number; readonly example: { readonly record: string; readonly ordinal: number } | undefined }>
}

export interface RunOfOutputs {
  readonly id: string
  readonly hook: string
  readonly version: number
  readonly feature: FeatureSpec
  /** As run.json lists them. */
  readonly outputs: readonly OutputFile[]
  /** The attempts whose hook exited with 0. */
  readonly completeAttempts: readonly number[]
  /** The stored files, by the names of run files. */
  readonly kept: ReadonlyMap<string, Digest>
  readonly outcomes: ReadonlyMap<string, { readonly status: OutcomeStatus; readonly rows: number; readonly isKept: boolean }>
}

export interface DerivedRows {
  readonly record: string
  readonly rows: readonly FeatureRow[]
}

/** Port: reads a stored file like the worker did. Throws UnreadableOutput if a worker would have refused it. */
type ReadKeptOutput = (o: {
  readonly file: string
  readonly bytes: Bytes
  readonly complete: boolean
  readonly feature: FeatureSpec
  readonly ids: ReadonlySet<string>
}) => AsyncIterable<KeptResult>

export interface KeptResult {
  readonly id: string
  readonly status: OutcomeStatus
  readonly rows: readonly FeatureRow[]
}

export interface OutputPorts {
  readonly outputs: VerifiedOutputs
  readonly blobs: Pick<Blobs, 'open'>
  readonly read: ReadKeptOutput
  /** Why a file is unreadable; undefined when the error does not concern the file. */
  readonly whyUnreadable: (error: unknown) => string | undefined
}

/** Derives the rows of each run again from its stored files, and compares them with those in the database. */
export function outputsCheck(ports: OutputPorts): Check {
  return {
    name: 'outputs',
    inSamples: 'SELECTED',
    measure: (seed, sample) => ports.outputs.measure(seed, sample),
    async page(after, selection, signal) {
      // One run at a time, because its files may have gigabytes.
      const [run] = await ports.outputs.page(after, 1, selection)
      if (run === undefined) return { checked: 0, next: undefined, findings: [] }
      return { checked: 1, next: run.id, findings: await findingsOf(ports, run, signal) }
    },
  }
}

async function findingsOf(
  { outputs, blobs, read, whyUnreadable }: OutputPorts,
  run: RunOfOutputs,
  signal: AbortSignal,
): Promise<VerificationFinding[]> {
  const findings: VerificationFinding[] = []
  const say = (detail: string) => findings.push(finding('OUTPUT', `run:${run.id}`, detail))
  for (const { attempt, file, digest } of run.outputs) {
    const kept = run.kept.get(`${attempt}/${file}`)
    if (kept !== undefined && kept !== digest) say(`The kept file ${attempt}/${file} is ${kept}, and run.json says ${digest}.`)
  }
  if (findings.length > 0) return findings

  let outcomesDiffering = 0
  let exampleOfOutcome = ''
  const met = new Set<string>()
  async function* derive(): AsyncGenerator<DerivedRows> {
    const ids = new Set(run.outcomes.keys())
    for (const { attempt, file, digest } of run.outputs) {
      const bytes = await blobs.open(digest)
      if (bytes === undefined) throw new ContentGone(digest)
      for await (const { id, status, rows } of read({
        file,
        bytes,
        complete: run.completeAttempts.includes(attempt),
        feature: run.feature,
        ids,
      })) {
        signal.throwIfAborted()
        if (met.has(id)) continue
        met.add(id)
        const outcome = run.outcomes.get(id)
        if (outcome?.status !== status || outcome.rows !== rows.length) {
          outcomesDiffering += 1
          exampleOfOutcome ||= `the record ${id} is ${status} with ${rows.length} rows there, and ${outcome === undefined ? 'has no outcome' : `${outcome.status} with ${outcome.rows} rows`} here`
        }
        if (outcome?.isKept === true) yield { record: id, rows }
      }
    }
  }

  try {
    const { different, example } = await outputs.compare(run, derive())
    for (const [id, { status, rows }] of run.outcomes) {
      // Without a line, the hook found nothing or the archive set the error.
      if (met.has(id) || (rows === 0 && (status === 'EMPTY' || status === 'ERRORED'))) continue
      outcomesDiffering += 1
      exampleOfOutcome ||= `the record ${id} is in none of the files, and ${status} with ${rows} rows here`
    }
    if (different > 0)
      say(
        `${different} rows differ between the kept files and features.${run.hook}, the first at the record ${example?.record}, ordinal ${example?.ordinal}.`,
      )
    if (outcomesDiffering > 0) say(`${outcomesDiffering} outcomes differ from the kept files: ${exampleOfOutcome}.`)
  } catch (error) {
    // The check of files reports content that is missing in the storage.
    if (error instanceof ContentGone) return findings
    const why = whyUnreadable(error)
    if (why === undefined) throw error
    say(`Its stored files cannot be read: ${why}`)
  }
  return findings
}

class ContentGone extends Error {}
