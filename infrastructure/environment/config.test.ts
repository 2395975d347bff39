import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, type Environment } from './config.ts'
import { settings, type SettingName } from './settings.ts'

const secret = 'a-secret-that-is-32-characters-long'
const subgraphs = 'conventions=http://c:4000,registry=http://g:4000,records=http://r:4000/graphql,data=http://d:4000'

function faultsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

/** The variables that a service started with nothing but its role is told to set. */
function names(role: string) {
  return faultsOf({ STRATA_ROLE: role }).map((fault) => fault.split(' ')[0])
}

test('without any settings, it is one process, on loopback, below .data', () => {
  expect(loadConfig({}, '/srv/strata')).toMatchObject({ role: 'node', host: '127.0.0.1', port: 4000, dataDir: '/srv/strata/.data' })
})

test('an empty value counts as not set', () => {
  expect(loadConfig({ STRATA_PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: undefined })
})

test('an absolute data directory stays where it is', () => {
  expect(loadConfig({ STRATA_DATA_DIR: '/data' }, '/srv').dataDir).toBe('/data')
})

test('the usual sockets of Docker and Podman are tried, unless a socket is set', () => {
  expect(loadConfig({ XDG_RUNTIME_DIR: '/run/user/1000' }).ociSockets).toEqual([
    '/var/run/docker.sock',
    '/run/user/1000/podman/podman.sock',
    '/run/podman/podman.sock',
  ])
  expect(loadConfig({ STRATA_OCI_SOCKET: '/srv/engine.sock' }).ociSockets).toEqual(['/srv/engine.sock'])
})

describe('a wrong value is refused with its name and what it should be', () => {
  const wrong: Readonly<Record<SettingName, readonly string[]>> = {
    STRATA_ROLE: ['master'],
    STRATA_HOST: ['http://here', 'two words'],
    STRATA_PORT: ['65536', '-1', '4000.5', 'http', '9'.repeat(400)],
    STRATA_DATA_DIR: [' '],
    STRATA_PUBLIC_URL: ['archive.example.org', 'ftp://archive.example.org'],
    STRATA_DOMAIN: ['Archive.example.org', 'a_b', '-a', 'a..b', 'a:b', 'a.'.repeat(130)],
    STRATA_STORAGE: ['S3'],
    STRATA_RUNNER: ['docker'],
    STRATA_MODULE_WALLS: ['none', 'Required'],
    STRATA_RUN_CONCURRENCY: ['0', 'all'],
    STRATA_RUN_CONCURRENCY_PER_HOOK: ['0'],
    STRATA_RUN_MEMORY: ['8', '8GB', '0Gi', '1.5Gi'],
    STRATA_RUN_KEEP_DAYS: ['0', 'forever'],
    STRATA_RUN_MAX_OUTPUT: ['0Gi', '8GB', '1000'],
    STRATA_RUN_MAX_SECONDS: ['0', '-1', 'long', '31536001'],
    STRATA_OCI_MAX_IMAGE: ['0Gi', '3.2Gi', 'none'],
    STRATA_OCI_PULL_TIMEOUT: ['0', '-1', '15m'],
    STRATA_OCI_SOCKET: ['docker.sock', 'tcp://here:2375'],
    STRATA_UPLOAD_QUOTA_BYTES: ['-1', '500GiB'],
    STRATA_UPLOAD_QUOTA_FILES: ['-1', 'many'],
    STRATA_UPLOAD_QUOTA_OPEN: ['-1', 'unlimited'],
    STRATA_OCI_REGISTRIES: ['http://ghcr.io', 'ghcr.io/lab', '*.example.org', 'a,,b'],
    STRATA_K8S_NAMESPACE: ['Strata', 'a.b', '-a'],
    STRATA_K8S_KUBECONFIG: ['kubeconfig'],
    STRATA_K8S_VOLUME_CLAIM: ['Runs', 'a b'],
    STRATA_K8S_VOLUME_PATH: ['data'],
    STRATA_K8S_PULL_SECRET: ['a b'],
    STRATA_K8S_SECCOMP_PROFILE: ['/strata/hook.json', '../hook.json', 'a b'],
    STRATA_K8S_START_TIMEOUT: ['0', '10m'],
    STRATA_K8S_NETWORK: ['none'],
    STRATA_COST_AT_ONCE: ['0', 'all'],
    STRATA_MAX_WAITING: ['1', 'all'],
    STRATA_MAX_ANSWER: ['0', '8MiB'],
    STRATA_MAX_ANSWER_VALUES: ['0', 'all'],
    STRATA_MAX_READ: ['0', '64MiB'],
    DATABASE_URL: ['mysql://somebody:hunter2@here/db', 'here'],
    DATABASE_READ_URL: ['mysql://reader:hunter2@here/db', 'here'],
    DATABASE_POOL_SIZE: ['0', '1', '201'],
    REDIS_URL: ['http://:hunter2@here'],
    S3_ENDPOINT: ['s3.example.org'],
    S3_REGION: ['eu west'],
    S3_BUCKET: ['ab', 'Upper'],
    S3_ACCESS_KEY_ID: ['a b'],
    S3_SECRET_ACCESS_KEY: ['hunter2 hunter2'],
    S3_FORCE_PATH_STYLE: ['yes'],
    S3_PRESIGNED: ['yes'],
    STRATA_TOKEN_SECRET: ['hunter2'],
    STRATA_GATEWAY_SECRET: ['hunter2'],
    STRATA_READS: ['Private', 'none'],
    STRATA_MACHINE_ISSUER: ['two words', 'https://ci.example.org#a', 'strata:localhost'],
    STRATA_MACHINE_JWKS: ['{"keys": ', '{}', 'http://ci.example.org/keys', 'ftp://ci.example.org/keys'],
    STRATA_MACHINE_AUDIENCE: ['two words'],
    STRATA_MACHINE_SCOPE_CLAIM: ['two words'],
    STRATA_SUBGRAPHS: [
      'conventions',
      'conventions=http://c:4000',
      `${subgraphs},data=http://d:4000`,
      subgraphs.replace('records', 'record'),
      subgraphs.replace('http://d', 'd'),
    ],
    STRATA_MAX_BODY: ['1', '1MB'],
    STRATA_MAX_FILE: ['0', '50GiB'],
    STRATA_UPLOAD_GRACE_HOURS: ['0', '1.5'],
    STRATA_MAX_QUERY: ['10'],
    STRATA_MAX_TOKENS: ['1', 'many'],
    STRATA_MAX_DEPTH: ['0', '1000'],
    STRATA_MAX_ALIASES: ['-1'],
    STRATA_MAX_ROOT_FIELDS: ['0'],
    STRATA_MAX_DIRECTIVES: ['-1'],
    STRATA_MAX_FIELDS: ['1'],
    STRATA_MAX_COST: ['1'],
    STRATA_MAX_INTROSPECTION_DEPTH: ['1'],
    STRATA_QUERY_DEADLINE: ['30s', '0'],
    STRATA_MUTATION_DEADLINE: ['0'],
    STRATA_RECEIVE_DEADLINE: ['0'],
    STRATA_HEADERS_DEADLINE: ['0'],
    STRATA_SILENCE_DEADLINE: ['0'],
    STRATA_MAX_CONNECTIONS: ['0'],
    STRATA_CONNECTIONS_PER_ADDRESS: ['-1'],
    STRATA_READS_PER_CALLER: ['0'],
    DATABASE_COUNT_TIMEOUT: ['-1'],
    DATABASE_QUERY_TIMEOUT: ['20s'],
    DATABASE_TRANSACTION_TIMEOUT: ['-1'],
    STRATA_RATE_PER_ADDRESS: ['unlimited'],
    STRATA_RATE_PER_CALLER: ['1.5'],
    STRATA_TRUSTED_PROXIES: ['everyone', '10.0.0.0/8,', 'true'],
    STRATA_DOCUMENTS: ['some'],
    STRATA_DOCUMENTS_MANIFEST: [' '],
    STRATA_HOST_NAMES: ['a b', 'a:4000', 'http://a', 'a,', '*', '-a', '[::1'],
    STRATA_CORS_ORIGINS: [
      '*',
      'null',
      'https://a.example.org/',
      'https://A.example.org',
      'https://*.example.org',
      'https://a.example.org,b',
      'ftp://a.example.org',
    ],
    STRATA_LOG_LEVEL: ['verbose'],
    STRATA_LOG_FORMAT: ['text'],
  }
  const cases = Object.entries(wrong).flatMap(([name, values]) => values.map((value) => ({ name: name as SettingName, value })))

  test.each(cases)('$name=$value', ({ name, value }) => {
    const faults = faultsOf({ [name]: value })
    expect(faults[0]).toMatch(new RegExp(`^${name} is .*; it should be `))
    expect(faults[0]).toContain(settings[name].expects)
    expect(faults.join()).not.toContain('hunter2')
  })
})

test('all faults are reported together', () => {
  expect(faultsOf({ STRATA_PORT: 'x', STRATA_DOMAIN: 'X', STRATA_RUNNER: 'x' })).toHaveLength(3)
})

test('a misspelt STRATA_ variable is refused, and variables of other programs are not', () => {
  expect(faultsOf({ STRATA_PROT: '4000', PORT: 'x' })).toEqual([
    'STRATA_PROT is not a setting; the settings are listed in docs/configuration.md.',
  ])
})

describe('services that run apart', () => {
  test('need the shared secrets and the addresses of the parts they call', () => {
    expect(names('gateway')).toEqual(['STRATA_TOKEN_SECRET', 'STRATA_GATEWAY_SECRET', 'STRATA_SUBGRAPHS'])
    for (const role of ['conventions', 'registry', 'records', 'data', 'worker']) {
      expect(names(role)).toEqual(['STRATA_TOKEN_SECRET', 'STRATA_GATEWAY_SECRET', 'DATABASE_URL'])
    }
  })

  test('report a secret that is too short once', () => {
    const faults = faultsOf({
      STRATA_ROLE: 'data',
      STRATA_TOKEN_SECRET: 'x',
      STRATA_GATEWAY_SECRET: secret,
      DATABASE_URL: 'postgres://here/db',
    })
    expect(faults).toEqual(['STRATA_TOKEN_SECRET is a value that cannot be used; it should be at least 32 characters.'])
  })

  test('start with all of it', () => {
    const config = loadConfig({
      STRATA_ROLE: 'gateway',
      STRATA_TOKEN_SECRET: secret,
      STRATA_GATEWAY_SECRET: secret,
      STRATA_SUBGRAPHS: subgraphs,
    })
    expect(config.subgraphUrls).toEqual({
      conventions: 'http://c:4000',
      registry: 'http://g:4000',
      records: 'http://r:4000/graphql',
      data: 'http://d:4000',
    })
  })
})

test('accepting only the documents of a manifest needs the manifest', () => {
  expect(faultsOf({ STRATA_DOCUMENTS: 'only' })).toEqual([expect.stringMatching(/^STRATA_DOCUMENTS_MANIFEST is not set/)])
})

describe('rates', () => {
  const rates = (env: Environment) => loadConfig(env).limits.rates

  test('exempt the operator on the machine until a public address is set', () => {
    expect(rates({})).toEqual({ perAddress: 3_000, perCaller: 6_000, exemptLoopback: { perAddress: true, perCaller: true } })
    expect(rates({ STRATA_PUBLIC_URL: 'https://a.example.org' }).exemptLoopback).toEqual({ perAddress: false, perCaller: false })
  })

  test('that are set apply to all callers', () => {
    expect(rates({ STRATA_RATE_PER_ADDRESS: '5' })).toMatchObject({ perAddress: 5, exemptLoopback: { perAddress: false, perCaller: true } })
  })
})

test('a separate role for reading needs the address of the database', () => {
  expect(faultsOf({ DATABASE_READ_URL: 'postgres://reader@here/db' })).toEqual([
    expect.stringMatching(/^DATABASE_URL is not set; .*DATABASE_READ_URL/),
  ])
})

test('S3 needs its bucket, and an access key its secret', () => {
  expect(faultsOf({ STRATA_STORAGE: 's3', S3_ACCESS_KEY_ID: 'me' }).map((fault) => fault.split(' ')[0])).toEqual([
    'S3_BUCKET',
    'S3_SECRET_ACCESS_KEY',
  ])
})

test('a cluster shares a volume with the worker, by default the data directory', () => {
  expect(faultsOf({ STRATA_RUNNER: 'k8s' }).map((fault) => fault.split(' ')[0])).toEqual(['STRATA_K8S_VOLUME_CLAIM'])
  const env = { STRATA_RUNNER: 'k8s', STRATA_K8S_VOLUME_CLAIM: 'runs', STRATA_DATA_DIR: '/data' }
  expect(loadConfig(env).k8s).toMatchObject({
    namespace: 'strata',
    volume: { claim: 'runs', path: '/data' },
    startSeconds: 600,
    networkDenied: false,
  })
  expect(loadConfig({ ...env, STRATA_K8S_VOLUME_PATH: '/shared', STRATA_K8S_NETWORK: 'denied' }).k8s).toMatchObject({
    volume: { claim: 'runs', path: '/shared' },
    networkDenied: true,
  })
})

describe('an issuer of machines’ tokens', () => {
  const issuer = { STRATA_MACHINE_ISSUER: 'https://ci.example.org', STRATA_MACHINE_AUDIENCE: 'archive', STRATA_MACHINE_JWKS: 'keys.json' }

  test.each(Object.keys(issuer))('is refused without its %s', (missing) => {
    expect(faultsOf({ ...issuer, [missing]: '' }).map((fault) => fault.split(' ').slice(0, 4).join(' '))).toEqual([
      `${missing} is not set;`,
    ])
  })

  test.each([
    ['keys.json', { kind: 'file', path: '/srv/keys.json' }],
    ['/etc/keys.json', { kind: 'file', path: '/etc/keys.json' }],
    ['https://ci.example.org/keys', { kind: 'address', url: 'https://ci.example.org/keys' }],
    ['{"keys":[]}', { kind: 'document', text: '{"keys":[]}' }],
  ])('has its keys in %s', (given, jwks) => {
    expect(loadConfig({ ...issuer, STRATA_MACHINE_JWKS: given }, '/srv').machines).toEqual({
      issuer: 'https://ci.example.org',
      audience: 'archive',
      scopeClaim: 'scope',
      jwks,
    })
  })
})
