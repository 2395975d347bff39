import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, openArchive, topologies, type TestArchive } from '../support/index.ts'

const publish =
  'mutation ($input: PublishRecordsInput!) { publishRecords(input: $input) { publishedCount results { status findings { field message } } } }'
interface Published {
  readonly publishRecords: {
    readonly publishedCount: number
    readonly results: readonly { readonly status: string; readonly findings: readonly { readonly message: string }[] }[]
  }
}

describe.each(topologies)('%s: a legal pattern that is slow on long texts', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    const schema = {
      id: 'protein',
      version: '1.0.0',
      fields: [{ name: 'text', type: 'TEXT', constraints: { pattern: '[ab]*a[ab]{400}' } }],
    }
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { created } }'
    expect((await archive.ask(deploy, { input: manifest({ schema }) })).errors).toEqual([])
  })
  afterAll(() => archive[Symbol.asyncDispose]())

  const send = async (texts: readonly string[]) => {
    const records = texts.map((text, i) => ({ sourceId: `r${i}-${text.length}`, metadata: { text } }))
    const { data, errors } = await archive.ask(publish, {
      input: { convention: 'proteins', source: { import: { sourceNode: 'a.org' } }, records },
    })
    expect(errors).toEqual([])
    return (data as unknown as Published).publishRecords
  }

  test('is not tried on texts that would take too long, and the finding says so', async () => {
    const { results } = await send(['ab'.repeat(50_000), `a${'b'.repeat(400)}`, 'c'])
    expect(results.map(({ status }) => status)).toEqual(['INVALID', 'PUBLISHED', 'INVALID'])
    expect(results[0]?.findings[0]?.message).toMatch(
      /^"text" is 100000 characters long; the longest text that its pattern can be checked on is \d+\.$/,
    )
    expect(results[2]?.findings[0]?.message).toContain('should match')
  })

  test('lets other requests run between two texts', async () => {
    const texts = Array.from({ length: 30 }, (_, i) =>
      Array.from({ length: 2_000 }, (_, j) => ((i * 31 + j * j * 7 + (j >> 3)) % 3 === 0 ? 'a' : 'b')).join(''),
    )
    const work = { isOver: false }
    const publishing = send(texts).finally(() => (work.isOver = true))
    let answered = 0
    while (!work.isOver) {
      expect((await fetch(`${archive.url}/healthz`)).status).toBe(200)
      answered++
    }
    expect((await publishing).results).toHaveLength(texts.length)
    // One answer comes before the checks and one after them. More than these show that others came in between.
    expect(answered).toBeGreaterThan(5)
  })
})
