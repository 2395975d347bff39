import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadConfig, settings } from '@strata/infrastructure/environment'
import { root } from './tree.ts'

const file = join(root, 'docker-compose.yml')
const secrets = ['STRATA_TOKEN_SECRET', 'STRATA_GATEWAY_SECRET', 'POSTGRES_PASSWORD', 'POSTGRES_READER_PASSWORD', 'S3_SECRET_ACCESS_KEY']
// Away from the repository, whose .env would otherwise be read.
const elsewhere = mkdtempSync(join(tmpdir(), 'strata-compose-'))
afterAll(() => rmSync(elsewhere, { recursive: true }))

interface Service {
  readonly image: string
  readonly ports?: readonly string[]
  readonly environment: Readonly<Record<string, unknown>>
  readonly healthcheck: { readonly test: unknown }
}

const compose = [['docker', 'compose'], ['docker-compose']].find(([program = '', ...args]) => {
  return spawnSync(program, [...args, 'version'], { stdio: 'ignore' }).status === 0
})

function config(given: readonly string[]) {
  const [program = '', ...args] = compose ?? []
  return spawnSync(program, [...args, '--project-directory', elsewhere, '-f', file, 'config'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: elsewhere, ...Object.fromEntries(given.map((name) => [name, 'x'.repeat(32)])) },
  })
}

describe('docker compose config', () => {
  test('is there where the tests must not skip it', () => {
    if (process.env.CI !== undefined) expect(compose, 'neither docker compose nor docker-compose is installed').toBeDefined()
  })

  test.for([
    { how: 'with its secrets', given: secrets },
    { how: 'as it is on a fresh clone', given: [] },
  ])('accepts docker-compose.yml $how', ({ given }, context) => {
    if (compose === undefined) return context.skip('neither docker compose nor docker-compose is installed')
    const { status, stderr, stdout } = config(given)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(Object.keys(parse(stdout).services).toSorted()).toEqual([
      'conventions',
      'data',
      'gateway',
      'postgres',
      'records',
      'redis',
      'registry',
      's3',
      'workers',
    ])
  })
})

describe('docker-compose.yml', () => {
  const { services } = parse(readFileSync(file, 'utf8'), { merge: true })
  const all = Object.entries<Service>(services)
  const ours = all.filter(([, service]) => service.image === 'strata')

  test('publishes only the gateway, on loopback', () => {
    const published = all.filter(([, service]) => service.ports !== undefined)
    expect(published.map(([name, service]) => [name, service.ports])).toEqual([['gateway', ['127.0.0.1:${STRATA_PORT:-4000}:4000']]])
  })

  test.each(ours)('%s does not start without its secrets, and says which', (_, { environment }) => {
    const written = Object.entries(environment).map(([name, value]) => [name, String(value).replaceAll(/\$\{[A-Z_0-9]+:-([^}]*)\}/g, '$1')])
    expect(() => loadConfig(Object.fromEntries(written))).toThrow(/STRATA_TOKEN_SECRET[^]*STRATA_GATEWAY_SECRET/)
  })

  test('data reads with a role of its own, in the database that the others write', () => {
    const { DATABASE_URL, DATABASE_READ_URL } = services.data.environment
    expect(String(DATABASE_READ_URL).replace(/\/\/.*@/, '//')).toBe(String(DATABASE_URL).replace(/\/\/.*@/, '//'))
    expect(ours.filter(([, { environment }]) => 'DATABASE_READ_URL' in environment).map(([name]) => name)).toEqual(['data'])
  })

  test.each(all)('%s has a health check', (_, service) => {
    expect(service.healthcheck.test).toBeInstanceOf(Array)
  })

  test.each(ours)('%s is given only settings that exist', (_, service) => {
    expect(Object.keys(service.environment).filter((name) => !(name in settings))).toEqual([])
  })
})
