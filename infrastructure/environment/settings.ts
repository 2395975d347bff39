import { z } from 'zod'

/**
 * Every setting of a node: its variable, what it is for, what it must be. The only list of them: `.env.example` and
 * docs/configuration.md are generated from it, and a wrong value is refused at start with the variable's name.
 */
export const settings = {
  STRATA_ROLE: setting({
    about: 'What this process is. "node" is everything in one process; the others are the services of a larger archive.',
    shape: z.enum(['node', 'gateway', 'conventions', 'registry', 'records', 'data', 'worker']),
    fallback: 'node',
  }),
  STRATA_HOST: setting({
    about: 'The address to listen on. Loopback unless told otherwise.',
    shape: z.string().min(1),
    fallback: '127.0.0.1',
  }),
  STRATA_PORT: setting({ about: 'The port of the public endpoint.', shape: port(), fallback: '4000' }),
  STRATA_DATA_DIR: setting({
    about: 'Where a node keeps everything it must not lose: database, files, secrets.',
    shape: z.string().min(1),
    fallback: '.data',
  }),
  STRATA_PUBLIC_URL: setting({
    about: 'The address under which people reach this archive. Setting it turns local conveniences off.',
    shape: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }),
  }),
  STRATA_DOMAIN: setting({
    about: 'The domain in the names of this archive’s records: urn:osa:{domain}:rec:{id}@1. Choose it before the first record.',
    shape: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/, 'a domain name in lower case, like archive.example.org'),
    fallback: 'localhost',
  }),
  STRATA_STORAGE: setting({
    about: 'Where files are kept: "fs" below the data directory, or "s3".',
    shape: z.enum(['fs', 's3']),
    fallback: 'fs',
  }),
  STRATA_RUNNER: setting({
    about: 'How hooks are run. "module" needs nothing installed; "oci" needs Docker or Podman; "k8s" a cluster.',
    shape: z.enum(['module', 'oci', 'k8s']),
    fallback: 'module',
  }),
  DATABASE_URL: setting({
    about: 'A PostgreSQL 17+ database. Without it, a node starts its own below the data directory.',
    shape: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgres:// address' }),
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting({ about: 'Connections each process may open for its queries.', shape: whole(2, 200), fallback: '10' }),
  REDIS_URL: setting({
    about: 'Redis for the queue. Without it the queue lives in PostgreSQL.',
    shape: z.url({ protocol: /^rediss?$/, error: 'a redis:// or rediss:// address' }),
    secret: true,
  }),
  S3_ENDPOINT: setting({ about: 'The S3 endpoint, when it is not Amazon’s.', shape: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }) }),
  S3_REGION: setting({ about: 'The S3 region.', shape: z.string().min(1), fallback: 'us-east-1' }),
  S3_BUCKET: setting({ about: 'The S3 bucket; needed when STRATA_STORAGE is "s3".', shape: z.string().min(3).max(63) }),
  S3_ACCESS_KEY_ID: setting({ about: 'The S3 access key; without it the SDK’s usual sources are tried.', shape: z.string().min(1) }),
  S3_SECRET_ACCESS_KEY: setting({ about: 'The S3 secret key.', shape: z.string().min(1), secret: true }),
  S3_FORCE_PATH_STYLE: setting({ about: 'Address buckets by path, as most stores other than Amazon’s need.', shape: flag(), fallback: 'true' }),
  STRATA_TOKEN_SECRET: setting({
    about: 'The secret that signs users’ tokens (at least 32 characters). A node makes its own; separate services must share one.',
    shape: z.string().min(32, 'at least 32 characters'),
    secret: true,
  }),
  STRATA_GATEWAY_SECRET: setting({
    about: 'The secret by which subgraphs know the gateway (at least 32 characters). A node makes its own; separate services must share one.',
    shape: z.string().min(32, 'at least 32 characters'),
    secret: true,
  }),
  STRATA_SUBGRAPHS: setting({
    about: 'Where the gateway finds the subgraphs: name=url pairs, comma-separated.',
    shape: z
      .string()
      .regex(/^(conventions|registry|records|data)=https?:\/\/[^,\s]+(,(conventions|registry|records|data)=https?:\/\/[^,\s]+)*$/, 'name=url pairs like conventions=http://conventions:4001,registry=http://…'),
  }),
  STRATA_MAX_BODY: setting({ about: 'The largest GraphQL request body, in bytes.', shape: whole(1_024, 1_073_741_824), fallback: '33554432' }),
  STRATA_LOG_LEVEL: setting({
    about: 'How much is logged.',
    shape: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
  }),
  STRATA_LOG_FORMAT: setting({
    about: '"json" is one object a line; "pretty" is for people; "auto" is pretty on a terminal.',
    shape: z.enum(['auto', 'json', 'pretty']),
    fallback: 'auto',
  }),
} as const

export type SettingName = keyof typeof settings

export interface Setting<Shape extends z.ZodType = z.ZodType> {
  readonly about: string
  readonly shape: Shape
  /** The value when the variable is not set, as text; without one the setting is optional. */
  readonly fallback?: string
  /** Never printed. */
  readonly secret?: boolean
}

function setting<const S extends Setting>(s: S): S {
  return s
}

function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^[0-9]+$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `a whole number from ${least} to ${most}`)
}

function port() {
  return whole(0, 65_535)
}

function flag() {
  return z.enum(['true', 'false']).transform((text) => text === 'true')
}
