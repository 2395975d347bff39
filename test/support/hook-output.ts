import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFeatureSpec, type FeatureCardinality } from '@strata/domain/registry'
import { afterEach, beforeEach, expect } from 'vitest'
import { InvalidOutput } from '../../infrastructure/runner/shared/invalid-output.ts'
import { readOutputs, type RecordResult } from '../../infrastructure/runner/contract/hook/read-outputs.ts'

export const columns = (['TEXT', 'NUMBER', 'INTEGER', 'BOOLEAN', 'DATE', 'DATETIME', 'UUID', 'JSON'] as const).map((type) => ({
  name: type.toLowerCase(),
  type,
  required: false,
}))
export const many = spec('MANY', [{ name: 'score', type: 'NUMBER', required: true }, ...columns])
export function spec(cardinality: FeatureCardinality, list: { name: string; type: (typeof columns)[number]['type']; required: boolean }[]) {
  return parseFeatureSpec({ table: { cardinality, columns: list } }, 'feature')
}

/** The output directory of the current test. */
export let dir: string

/** Gives every test of a file a new output directory. */
export function useOutputDirectory(): void {
  beforeEach(async () => {
    const base = await mkdtemp(join(tmpdir(), 'strata-output-'))
    dir = join(base, 'out')
    await mkdir(dir)
  })
  afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }))
}

export const write = (file: string, content: string | Uint8Array) => writeFile(join(dir, file), content)
export const line = (id: string, features: unknown) => `${JSON.stringify({ id, features })}\n`

export async function read({
  ids = ['a', 'b', 'c'],
  complete = true,
  feature = many,
  limits = undefined as undefined | Parameters<typeof readOutputs>[0]['limits'],
} = {}) {
  const results: RecordResult[] = []
  const reading = readOutputs({ dir, feature, ids: new Set(ids), complete, ...(limits ? { limits } : {}) })
  for (;;) {
    const next = await reading.next()
    if (next.done === true) return { results, files: next.value, of: (id: string) => results.find((result) => result.id === id) }
    results.push(next.value)
  }
}
export const fault = async (o?: Parameters<typeof read>[0]) => {
  const error = await read(o).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(InvalidOutput)
  return (error as InvalidOutput).message
}
