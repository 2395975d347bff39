import { expect, test } from 'vitest'
import {
  countingAt,
  madeLiveBy,
  supersededBy,
  effectivePeriods,
  type Move,
  type RecordHistory,
  type ReleaseOfRecord,
} from './record-history.ts'
import { staleBecause } from './stale-because.ts'

const release = (version: number, since: number, o: Partial<ReleaseOfRecord> = {}): ReleaseOfRecord => ({
  id: `r${version}`,
  version,
  since,
  result: { run: `run${version}`, status: 'PASSED', rows: version },
  states: [],
  ...o,
})
const move = (at: number, to: number, from?: number): Move => ({
  id: `m${at}`,
  from: from === undefined ? undefined : `r${from}`,
  to: { id: `r${to}`, version: to },
  actor: 'user:a',
  reason: undefined,
  at,
})
const versions = (history: RecordHistory) => effectivePeriods(history).map((one) => [one.from, one.release.version])

const replaced: RecordHistory = { releases: [release(1, 20), release(2, 40)], moves: [move(10, 1), move(30, 2, 1)] }

test('a release is effective from its first result until one with precedence has a result', () => {
  expect(versions(replaced)).toEqual([
    [20, 1],
    [40, 2],
  ])
  expect(countingAt(replaced, 19)).toBeUndefined()
  expect(countingAt(replaced, 39)?.version).toBe(1)
})

test('a rollback brings the older rows back, and they supersede those that were rolled back', () => {
  const history = { ...replaced, moves: [...replaced.moves, move(50, 1, 2)] }
  expect(versions(history)).toEqual([
    [20, 1],
    [40, 2],
    [50, 1],
  ])
  expect(supersededBy(history, 'r1').map(({ version }) => version)).toEqual([2])
  expect(supersededBy(history, 'r2').map(({ version }) => version)).toEqual([1])
})

test('a staged release supersedes nothing, and a yanked release is not effective', () => {
  const staged = { releases: [release(1, 20), release(2, 30), release(3, 35)], moves: [move(10, 2)] }
  expect(versions(staged)).toEqual([
    [20, 1],
    [30, 2],
  ])
  expect(supersededBy(staged, 'r3')).toEqual([])
  const yanked = {
    releases: [release(1, 20), release(2, 30, { states: [{ state: 'YANKED' as const, reason: 'wrong', at: 60 }] })],
    moves: [move(10, 2), move(50, 1, 2)],
  }
  expect(versions(yanked)).toEqual([
    [20, 1],
    [30, 2],
    [50, 1],
  ])
})

test('the move that made a release live for a run is the last one before the request or before the start', () => {
  const { moves } = replaced
  expect(madeLiveBy({ ...replaced, moves }, { release: 'r1', askedAt: 15, startedAt: 35 })?.id).toBe('m10')
  expect(madeLiveBy({ ...replaced, moves }, { release: 'r2', askedAt: 29, startedAt: 31 })?.id).toBe('m30')
  expect(madeLiveBy({ ...replaced, moves }, { release: 'r1', askedAt: 45, startedAt: 46 })).toBeUndefined()
  expect(madeLiveBy({ ...replaced, moves }, { release: 'r3', askedAt: 45, startedAt: 46 })).toBeUndefined()
})

test('a sentence says why a row is stale', () => {
  const [one, two] = replaced.releases as [ReleaseOfRecord, ReleaseOfRecord]
  const since = 'Version 2 of "quality" has been live since 1970-01-01T00:00:00.000Z (user:a)'
  expect(staleBecause(replaced, 'quality', two)).toBeUndefined()
  expect(staleBecause(replaced, 'quality', one)).toBe(`${since}, and its own result for this record counts: 2 rows.`)
  const waiting = { ...replaced, releases: [one] }
  expect(staleBecause(waiting, 'quality', one)).toBe(`${since}, but has no result for this record yet; until it has one, this row counts.`)
  const newer = release(3, 50)
  expect(staleBecause({ ...replaced, releases: [one, newer] }, 'quality', one)).toBe(
    `${since}, but has no result for this record yet; until it has one, that of version 3 counts: 3 rows.`,
  )
  const yanked = release(1, 20, { states: [{ state: 'YANKED', reason: 'wrong unit', at: 60 }] })
  expect(staleBecause({ ...replaced, releases: [yanked] }, 'quality', yanked)).toBe(
    `Version 1 of "quality" was yanked (wrong unit), so what it made does not count any more. ${since}, but has no result for this record yet, and no other result counts.`,
  )
  expect(staleBecause({ releases: [one], moves: [] }, 'quality', one)).toBe('No version of "quality" is live.')
})
