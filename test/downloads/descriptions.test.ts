import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive, topologies, type TestArchive } from '../support/index.ts'
import { deployHostile, hostileManifest, publishHostile, untilComputed } from './hostile-data.ts'

interface Croissant {
  readonly variableMeasured: readonly object[]
  readonly distribution: readonly { readonly '@id': string; readonly contentUrl: string }[]
  readonly recordSet: readonly {
    readonly name: string
    readonly key: readonly { readonly '@id': string }[]
    readonly field: readonly {
      readonly '@id': string
      readonly source: { readonly fileObject: { readonly '@id': string }; readonly extract: { readonly column: string } }
    }[]
  }[]
}

interface Operation {
  readonly operationId: string
  readonly responses: object
}

describe.each(topologies)('the descriptions of an archive in %s', (topology) => {
  let archive: TestArchive
  beforeAll(async () => {
    archive = await openArchive(topology)
    await deployHostile(archive)
    await publishHostile(archive, 30)
    await untilComputed(archive)
  })
  afterAll(() => archive?.[Symbol.asyncDispose]())

  const get = (path: string, method = 'GET') => fetch(new URL(path, archive.url), { method, redirect: 'manual' })

  test('every address of its OpenAPI page is served, and the page is valid', async () => {
    const page = (await (await get('/openapi.json')).json()) as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }
    expect(await new Validator().validate(structuredClone<Record<string, unknown>>(page))).toMatchObject({ valid: true })
    const ids = Object.values(page.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
    for (const [template, operations] of Object.entries(page.paths)) {
      if (topology === 'separate services' && template.startsWith('/sign-')) continue
      const path = template
        .replace('{convention}', 'hostile')
        .replace('{table}', 'records')
        .replace('{format}', 'csv')
        .replace('{digest}', `sha256:${'0'.repeat(64)}`)
        .replace('{srn}', 'urn:osa:localhost:rec:1@1')
        .replace('{name}', 'a')
        .replace('{id}', '1')
      for (const method of Object.keys(operations)) {
        const response = await get(path, method.toUpperCase())
        expect([template, method, await response.text()]).not.toEqual([
          template,
          method,
          expect.stringContaining('Nothing is served at this address'),
        ])
        if (method === 'head') expect([template, response.status]).not.toEqual([template, 405])
      }
    }
  })

  test('a table lists its downloads, and each address works', async () => {
    const { data, errors } = await archive.ask('{ dataset(convention: "hostile") { tables { name downloads { format url } } } }')
    expect(errors).toEqual([])
    const [records, measured] = data.dataset.tables
    expect(measured.downloads.map(({ format }: { format: string }) => format)).toEqual(['csv', 'csv.gz', 'jsonl', 'parquet'])
    for (const { url } of [...records.downloads, ...measured.downloads]) expect([url, (await get(url, 'HEAD')).status]).toEqual([url, 200])
  })

  test('a dataset is described to programs, down to the unit of a column, with files that are there', async () => {
    const response = await get('/data/hostile/croissant.json')
    expect(response.headers.get('content-type')).toBe('application/ld+json; charset=utf-8')
    const page = (await response.json()) as Croissant
    expect(page).toMatchObject({
      '@type': 'sc:Dataset',
      conformsTo: 'http://mlcommons.org/croissant/1.0',
      name: 'hostile',
      description: 'Values that break formats.',
      isLiveDataset: true,
    })
    expect(page.variableMeasured).toContainEqual({ '@type': 'sc:PropertyValue', name: 'number', unitText: 'Å' })
    const files = new Set(page.distribution.map((file) => file['@id']))
    for (const { contentUrl } of page.distribution)
      expect([contentUrl, (await fetch(contentUrl, { method: 'HEAD' })).status]).toEqual([contentUrl, 200])
    for (const set of page.recordSet) {
      const header = (await (await get(`/data/hostile/${set.name}.csv`)).text()).split('\n')[0]?.split(',')
      expect(set.field.map((field) => field.source.extract.column)).toEqual(header)
      for (const { source } of set.field) expect(files).toContain(source.fileObject['@id'])
      for (const key of set.key) expect(set.field.map((field) => field['@id'])).toContain(key['@id'])
    }
    const etag = response.headers.get('etag') ?? ''
    expect((await fetch(new URL('/data/hostile/croissant.json', archive.url), { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('a dataset is described in plain words, and the query that it gives as an example runs', async () => {
    const list = await (await get('/llms.txt')).text()
    const [, address = ''] = /\[Hostile data\]\(([^)]+)\)/.exec(list) ?? []
    const response = await fetch(address)
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const words = await response.text()
    for (const part of [
      'To find out which formats survive.',
      'For anything else.',
      'Which texts are quoted?',
      '| `number` | NUMBER, may be missing | Å |',
      '| `tags` | list of TEXT',
      'What was found.',
    ])
      expect(words).toContain(part)
    const [, query = ''] = /```graphql\n([^]*?)```/.exec(words) ?? []
    const { data, errors } = await archive.ask(query)
    expect(errors).toEqual([])
    expect(data.rows.nodes).toHaveLength(10)
    for (const [, url = ''] of words.matchAll(/\]\((http[^)]+)\)/g))
      expect([url, (await fetch(url, { method: 'HEAD' })).status]).toEqual([url, 200])
  })

  test('every description of a dataset has its licence', async () => {
    const deploy = 'mutation ($input: DeployInput!) { deploy(input: $input) { changes { path kind } } }'
    const said = async () => ({
      asked: (
        await archive.ask(
          '{ convention(slug: "hostile") { license } dataset(convention: "hostile") { license citation { id } } datasets { license } }',
        )
      ).data,
      manifest: JSON.parse(await (await get('/data/hostile/measured.csv.meta.json')).text()).licence,
      croissant: JSON.parse(await (await get('/data/hostile/croissant.json')).text()).license,
      words: await (await get('/data/hostile/llms.txt')).text(),
      crate: JSON.parse(await (await get('/provenance/convention%3Ahostile.ro-crate.json')).text())['@graph'] as {
        readonly '@id': string
        readonly [name: string]: unknown
      }[],
    })
    const before = await said()
    expect([before.asked.convention.license, before.asked.dataset.license, before.manifest, before.croissant]).toEqual([
      null,
      null,
      null,
      undefined,
    ])
    expect(before.words).toContain('The terms of use of these data are not stated')
    expect(before.crate.find((one) => one['@id'] === './')?.['license']).toBe('The terms of use of these data are not stated.')

    const { data } = await archive.ask(deploy, { input: { ...hostileManifest, license: 'CC-BY-4.0' } })
    expect(data.deploy.changes).toEqual([{ path: 'license', kind: 'CREATED' }])
    const page = 'https://spdx.org/licenses/CC-BY-4.0'
    const after = await said()
    expect([after.asked.convention.license, after.asked.dataset.license, after.asked.datasets]).toEqual([
      'CC-BY-4.0',
      'CC-BY-4.0',
      [{ license: 'CC-BY-4.0' }],
    ])
    expect([after.manifest, after.croissant]).toEqual(['CC-BY-4.0', page])
    expect(after.words).toContain(`These data may be used under CC-BY-4.0, ${page}.`)
    expect(after.crate.find((one) => one['@id'] === './')?.['license']).toEqual({ '@id': page })
    expect(after.crate.find((one) => one['@id'] === page)).toMatchObject({ '@type': 'CreativeWork', name: 'CC-BY-4.0' })
    expect(JSON.parse(await (await get(`/cite/${after.asked.dataset.citation.id}`)).text()).licence).toBe('CC-BY-4.0')

    await archive.ask(deploy, { input: { ...hostileManifest, license: 'MIT OR CC-BY-4.0' } })
    expect((await said()).croissant).toEqual({ '@type': 'sc:CreativeWork', name: 'MIT OR CC-BY-4.0' })
    const {
      errors: [error],
    } = await archive.ask(deploy, { input: { ...hostileManifest, license: 'CC BY' } })
    expect(error).toMatchObject({
      message: expect.stringContaining('Did you mean "CC-BY-4.0"?'),
      extensions: { code: 'BAD_USER_INPUT', field: 'input.license' },
    })
  })

  test('an unknown dataset is not found', async () => {
    for (const path of ['/data/nothing/croissant.json', '/data/nothing/llms.txt'])
      expect([path, (await get(path)).status]).toEqual([path, 404])
  })
})
