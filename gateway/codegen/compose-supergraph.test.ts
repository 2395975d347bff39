import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultQuery } from '../explorer/default-query.ts'
import { outdatedArtifacts, writeArtifacts } from './compose-supergraph.ts'
import { composeArtifacts } from './supergraph-artifacts.ts'

test('the committed supergraph and API match the subgraphs', async () => {
  const outdated = await outdatedArtifacts()
  expect(outdated, 'out of date; run: pnpm --filter @strata/gateway codegen').toEqual([])
})

test('the initial query of the explorer is valid', () => {
  const api = buildSchema(readFileSync(new URL('../api.graphql', import.meta.url), 'utf8'))
  expect(validate(api, parse(defaultQuery))).toEqual([])
})

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key"])'
const exactlyOne = 'directive @exactlyOne on INPUT_OBJECT'
const books = `${link} ${exactlyOne} type Query { book(by: By!): Book } input By @exactlyOne { isbn: ID } "A book." type Book @key(fields: "isbn") { isbn: ID! title: String }`
const shelves = `${link} ${exactlyOne} type Query { shelf(at: At): Int } input At @exactlyOne { room: Int } type Book @key(fields: "isbn") { isbn: ID! shelf: Int }`

test("the API is sorted and described, and shows neither federation nor a directive of the subgraphs' own", () => {
  const { api, supergraph } = composeArtifacts([
    { name: 'books', sdl: books },
    { name: 'shelves', sdl: shelves },
  ])
  expect(api).toContain('"""A book."""\ntype Book {\n  isbn: ID!\n  shelf: Int\n  title: String\n}')
  expect(api).not.toMatch(/join__|link__|_entities|_service|@key|exactlyOne/)
  expect(supergraph).not.toContain('exactlyOne')
})

test('subgraphs that do not compose are refused with the reason', () => {
  const other = shelves.replace('isbn: ID!', 'isbn: Int!')
  expect(() =>
    composeArtifacts([
      { name: 'books', sdl: books },
      { name: 'shelves', sdl: other },
    ]),
  ).toThrow(/do not compose:\n.*Book\.isbn/s)
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-'))
})
afterEach(async () => rm(folder, { recursive: true }))

test.each([
  { of: 'a subgraph', file: 'books/schema.graphql' },
  { of: 'a module of a subgraph', file: 'books/authors/schema.graphql' },
])('a change of $of makes both files out of date until they are written again', async ({ file }) => {
  const subgraphs = pathToFileURL(`${folder}/subgraphs/`)
  const committed = pathToFileURL(`${folder}/`)
  const authors = 'extend type Book { author: Author } type Author { title: String }'
  await mkdir(new URL('books/authors/', subgraphs), { recursive: true })
  await mkdir(new URL('shared-code/', subgraphs))
  await writeFile(new URL('books/schema.graphql', subgraphs), books)
  await writeFile(new URL('books/authors/schema.graphql', subgraphs), authors)
  expect(await outdatedArtifacts(subgraphs, committed)).toEqual(['gateway/supergraph.graphql', 'gateway/api.graphql'])
  await writeArtifacts(subgraphs, committed)
  expect(await outdatedArtifacts(subgraphs, committed)).toEqual([])
  const text = await readFile(new URL(file, subgraphs), 'utf8')
  await writeFile(new URL(file, subgraphs), text.replace('title', 'name'))
  expect(await outdatedArtifacts(subgraphs, committed)).toEqual(['gateway/supergraph.graphql', 'gateway/api.graphql'])
})
