import { isAbsolute, resolve } from 'node:path'
import { k8sFrom, type K8sConfig } from './k8s-config.ts'
import { keySource, type JwksSource } from './key-source.ts'
import { limitsFrom, type LimitsConfig } from './limits-config.ts'
import { machine } from './machine.ts'
import type { Setting } from './setting.ts'
import { settings, type SettingName } from './settings.ts'
import type { Value, Values } from './values.ts'
import { webFrom, type WebConfig } from './web-config.ts'

/** A node's configuration, read once at start and passed on. No other code reads the environment. */
export interface Config {
  readonly role: Value<'STRATA_ROLE'>
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly publicUrl: string | undefined
  readonly domain: string
  readonly storage: Value<'STRATA_STORAGE'>
  readonly runner: Value<'STRATA_RUNNER'>
  /** Undefined: the default for the worker's user, which is stricter for root. */
  readonly moduleWalls: Value<'STRATA_MODULE_WALLS'>
  readonly runs: RunConfig
  /** The sockets where a container engine may listen, tried in this order. */
  /** The registries that hooks' images may come from. */
  readonly registries: Value<'STRATA_OCI_REGISTRIES'>
  readonly ociSockets: readonly string[]
  readonly ociImages: ImageConfig
  readonly k8s: K8sConfig
  readonly databaseUrl: string | undefined
  readonly databaseReadUrl: string | undefined
  readonly databasePoolSize: number
  readonly redisUrl: string | undefined
  readonly s3: S3Config
  readonly tokenSecret: string | undefined
  readonly gatewaySecret: string | undefined
  readonly reads: Value<'STRATA_READS'>
  /** The issuer of machine tokens, if one is trusted. */
  readonly machines: MachineConfig | undefined
  readonly subgraphUrls: Readonly<Record<string, string>> | undefined
  readonly maxBodyBytes: number
  readonly maxFileBytes: number
  /** Per caller; 0 means no limit. */
  readonly uploadQuota: { readonly bytes: number; readonly files: number; readonly openUploads: number }
  readonly uploadGraceHours: number
  readonly limits: LimitsConfig
  readonly web: WebConfig
  readonly log: LogConfig
}

/** The resources for all hooks of one worker. */
interface RunConfig {
  readonly concurrency: number
  readonly perHook: number
  readonly memoryBytes: number
  /** The maximum number of bytes that all attempts of a run may leave on the worker's disk. */
  readonly outputBytes: number
  /** The maximum time that hooks may execute for one run, over all of its attempts. */
  readonly maxSeconds: number
  /** How many days the files of ended runs are kept. */
  readonly keepDays: number
}

interface ImageConfig {
  /** The largest unpacked size of an image. */
  readonly maxImageBytes: number
  readonly pullSeconds: number
  /** How long to wait for the first response of the registry. */
  readonly answerSeconds: number
}

interface S3Config {
  readonly endpoint: string | undefined
  readonly region: string
  readonly bucket: string | undefined
  readonly accessKeyId: string | undefined
  readonly secretAccessKey: string | undefined
  readonly forcePathStyle: boolean
  readonly presigned: boolean
}

interface MachineConfig {
  readonly issuer: string
  readonly audience: string
  readonly scopeClaim: string
  readonly jwks: JwksSource
}

export interface LogConfig {
  readonly level: Value<'STRATA_LOG_LEVEL'>
  readonly format: Value<'STRATA_LOG_FORMAT'>
}

/** All faults of the environment, each with its variable's name and what it should be. */
export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`This configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A relative data directory is resolved against `from`. */
export function loadConfig(env: Environment, from = process.cwd()): Config {
  const faults: string[] = [...unknownVariables(env)]
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, read(name, setting, env[name], faults)]),
  ) as Values

  for (const { why } of missingTogether(values).filter(({ name }) => !given(env, name))) faults.push(why)
  if (faults.length > 0) throw new ConfigError(faults)

  const dataDir = isAbsolute(values.STRATA_DATA_DIR) ? values.STRATA_DATA_DIR : resolve(from, values.STRATA_DATA_DIR)
  return {
    role: values.STRATA_ROLE,
    host: values.STRATA_HOST,
    port: values.STRATA_PORT,
    dataDir,
    publicUrl: values.STRATA_PUBLIC_URL,
    domain: values.STRATA_DOMAIN,
    storage: values.STRATA_STORAGE,
    runner: values.STRATA_RUNNER,
    moduleWalls: values.STRATA_MODULE_WALLS,
    runs: runConfig(values),
    registries: values.STRATA_OCI_REGISTRIES,
    ociSockets: values.STRATA_OCI_SOCKET === undefined ? usualSockets(env) : [values.STRATA_OCI_SOCKET],
    ociImages: { maxImageBytes: values.STRATA_OCI_MAX_IMAGE, pullSeconds: values.STRATA_OCI_PULL_TIMEOUT, answerSeconds: 60 },
    k8s: k8sFrom(values, dataDir),
    databaseUrl: values.DATABASE_URL,
    databaseReadUrl: values.DATABASE_READ_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    redisUrl: values.REDIS_URL,
    s3: {
      endpoint: values.S3_ENDPOINT,
      region: values.S3_REGION,
      bucket: values.S3_BUCKET,
      accessKeyId: values.S3_ACCESS_KEY_ID,
      secretAccessKey: values.S3_SECRET_ACCESS_KEY,
      forcePathStyle: values.S3_FORCE_PATH_STYLE,
      presigned: values.S3_PRESIGNED,
    },
    tokenSecret: values.STRATA_TOKEN_SECRET,
    gatewaySecret: values.STRATA_GATEWAY_SECRET,
    reads: values.STRATA_READS,
    machines: machines(values, from),
    subgraphUrls: values.STRATA_SUBGRAPHS === undefined ? undefined : subgraphUrls(values.STRATA_SUBGRAPHS),
    maxBodyBytes: values.STRATA_MAX_BODY,
    maxFileBytes: values.STRATA_MAX_FILE,
    uploadQuota: {
      bytes: values.STRATA_UPLOAD_QUOTA_BYTES,
      files: values.STRATA_UPLOAD_QUOTA_FILES,
      openUploads: values.STRATA_UPLOAD_QUOTA_OPEN,
    },
    uploadGraceHours: values.STRATA_UPLOAD_GRACE_HOURS,
    limits: limitsFrom(values),
    web: webFrom(values),
    log: { level: values.STRATA_LOG_LEVEL, format: values.STRATA_LOG_FORMAT },
  }
}

function read(name: string, setting: Setting, value: string | undefined, faults: string[]): unknown {
  const text = value === undefined || value === '' ? setting.fallback : value
  if (text === undefined) return undefined
  const parsed = setting.shape.safeParse(text)
  if (parsed.success) return parsed.data
  faults.push(`${name} is ${setting.secret ? 'a value that cannot be used' : `"${text}"`}; it should be ${setting.expects}.`)
  return undefined
}

/** Docker's socket, then Podman's for this user, then Podman's for root. */
function usualSockets(env: Environment): readonly string[] {
  const own = env['XDG_RUNTIME_DIR']
  return ['/var/run/docker.sock', ...(own ? [`${own}/podman/podman.sock`] : []), '/run/podman/podman.sock']
}

function given(env: Environment, name: string): boolean {
  return env[name] !== undefined && env[name] !== ''
}

/** A misspelt variable would be ignored silently, so unknown ones are faults. */
function unknownVariables(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('STRATA_') && !(name in settings))
    .map((name) => `${name} is not a setting; the settings are listed in docs/configuration.md.`)
}

/** Settings that another setting's value requires. */
function missingTogether(values: Values): { name: SettingName; why: string }[] {
  const needed = []
  if (values.STRATA_STORAGE === 's3') {
    needed.push(because('S3_BUCKET', 'it should name the bucket, because STRATA_STORAGE is "s3".'))
  }
  if (values.STRATA_RUNNER === 'k8s') {
    needed.push(
      because(
        'STRATA_K8S_VOLUME_CLAIM',
        'it should name the volume claim that the worker and its Jobs share, because STRATA_RUNNER is "k8s".',
      ),
    )
  }
  if (values.DATABASE_READ_URL !== undefined) {
    needed.push(
      because('DATABASE_URL', 'it should name the database that DATABASE_READ_URL reads. A node with its own database needs neither.'),
    )
  }
  if (values.S3_ACCESS_KEY_ID !== undefined) {
    needed.push(because('S3_SECRET_ACCESS_KEY', 'it should be the secret key that belongs to S3_ACCESS_KEY_ID.'))
  }
  if (machineSettings.some((name) => values[name] !== undefined)) {
    for (const name of machineSettings) needed.push(because(name, `the issuer of machine tokens needs it. ${settings[name].about}`))
  }
  if (values.STRATA_DOCUMENTS === 'only') {
    needed.push(because('STRATA_DOCUMENTS_MANIFEST', 'it should name the manifest, because STRATA_DOCUMENTS is "only".'))
  }
  if (values.STRATA_ROLE !== undefined && values.STRATA_ROLE !== 'node') {
    // Separate services find and trust each other only by configuration.
    const rest = values.STRATA_ROLE === 'gateway' ? 'STRATA_SUBGRAPHS' : 'DATABASE_URL'
    for (const name of ['STRATA_TOKEN_SECRET', 'STRATA_GATEWAY_SECRET', rest] as const) {
      needed.push(because(name, `STRATA_ROLE "${values.STRATA_ROLE}" needs it. ${settings[name].about}`))
    }
  }
  return needed
}

const machineSettings = ['STRATA_MACHINE_ISSUER', 'STRATA_MACHINE_JWKS', 'STRATA_MACHINE_AUDIENCE'] as const

function machines(values: Values, from: string): MachineConfig | undefined {
  const [issuer, jwks, audience] = machineSettings.map((name) => values[name])
  const source = jwks === undefined ? undefined : keySource(jwks)
  if (issuer === undefined || audience === undefined || source === undefined) return undefined
  const found = source.kind === 'file' ? { ...source, path: resolve(from, source.path) } : source
  return { issuer, audience, scopeClaim: values.STRATA_MACHINE_SCOPE_CLAIM, jwks: found }
}

function runConfig(values: Values): RunConfig {
  const concurrency = values.STRATA_RUN_CONCURRENCY ?? machine.concurrency
  return {
    concurrency,
    perHook: values.STRATA_RUN_CONCURRENCY_PER_HOOK ?? concurrency,
    memoryBytes: values.STRATA_RUN_MEMORY ?? machine.memoryBytes,
    outputBytes: values.STRATA_RUN_MAX_OUTPUT,
    maxSeconds: values.STRATA_RUN_MAX_SECONDS,
    keepDays: values.STRATA_RUN_KEEP_DAYS,
  }
}

function because(name: SettingName, why: string) {
  return { name, why: `${name} is not set; ${why}` }
}

function subgraphUrls(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
