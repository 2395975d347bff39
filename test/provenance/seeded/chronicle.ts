import { createHash } from 'node:crypto'

/** What happened in a history, in the order in which it did, in words of the test's own. Nothing of it is read from a table. */
export type Happening =
  | {
      readonly what: 'deployed'
      readonly convention: string
      readonly schema: string
      readonly hooks: readonly string[]
      readonly by: string
      readonly newSchema: boolean
    }
  | {
      readonly what: 'published'
      readonly convention: string
      /** One version of a record. */
      readonly record: string
      readonly srn: string
      readonly version: number
      /** The version that it replaced. */
      readonly before: string | undefined
      readonly n: number
      readonly source: string
      readonly node: string
      readonly by: string
    }
  | Release
  | Move
  | {
      readonly what: 'judged'
      readonly hook: string
      readonly version: number
      readonly state: 'DEPRECATED' | 'YANKED'
      readonly reason: string
    }
  | Run

export interface Release {
  readonly what: 'released'
  readonly hook: string
  readonly version: number
  readonly id: string
  readonly digest: string
  readonly config: object
  readonly sourceRef: string
  readonly by: string
}

export interface Move {
  readonly what: 'moved'
  readonly hook: string
  readonly id: string
  readonly from: number | null
  readonly to: number
  readonly by: string
  readonly reason: string | null
}

/** A run as its end left it: what each of its records was said to be. One that was cancelled or broken said nothing. */
export interface Run {
  readonly what: 'ran'
  readonly run: string
  readonly hook: string
  readonly version: number
  readonly by: string
  readonly status: 'PASSED' | 'WARNINGS' | 'FAILED' | 'ERROR' | 'CANCELLED'
  readonly records: readonly string[]
  readonly said: ReadonlyMap<string, Said>
  readonly attempts: readonly Attempt[]
  /** The run that it repeats, or whose errors it takes up. */
  readonly follows: string | undefined
  readonly reproduces: string | undefined
}

export interface Attempt {
  readonly mebibytes: number
  readonly records: number
}

export interface Row {
  readonly value: number
  readonly word: string | null
}

export type Said = { readonly rows: readonly Row[] } | { readonly rejected: string } | { readonly error: string; readonly later: boolean }

export function rowsOf(said: Said): readonly Row[] {
  return 'rows' in said ? said.rows : []
}

export function statusOf(said: Said): 'PASSED' | 'EMPTY' | 'REJECTED' | 'ERRORED' {
  if ('rejected' in said) return 'REJECTED'
  if ('error' in said) return 'ERRORED'
  return said.rows.length === 0 ? 'EMPTY' : 'PASSED'
}

/** A moment at which nothing was under way, and how much of the history had happened by then. */
export interface Mark {
  readonly name: string
  readonly at: string
  readonly happened: number
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
