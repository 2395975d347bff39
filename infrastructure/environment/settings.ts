import { parseRegistries } from '@strata/domain/registry'
import { z } from 'zod'
import { keySource } from './key-source.ts'
import { k8sSettings } from './k8s-settings.ts'
import { limitSettings } from './limit-settings.ts'
import { address, flag, memory, oneOf, setting, text, whole } from './setting.ts'
import { webSettings } from './web-settings.ts'

/**
 * Every setting of a node: its variable, what it is for, what it must be. The only list of them: `.env.example` and
 * docs/configuration.md are generated from it, and a wrong value is refused at start with the variable's name.
 */
export const settings = {
  STRATA_ROLE: setting({
    about: 'What this process is. "node" is everything in one process; the others are the services of a larger archive.',
    ...oneOf('node', 'gateway', 'conventions', 'registry', 'records', 'data', 'worker'),
    fallback: 'node',
  }),
  STRATA_HOST: setting({
    about: 'The address to listen on. Loopback unless told otherwise.',
    ...text('a host name or an IP address', /^[^\s/]+$/),
    fallback: '127.0.0.1',
  }),
  STRATA_PORT: setting({ about: 'The port of the public endpoint.', ...whole(0, 65_535), fallback: '4000' }),
  STRATA_DATA_DIR: setting({
    about: 'Where a node keeps everything it must not lose: database, files, secrets.',
    ...text('a path'),
    fallback: '.data',
  }),
  STRATA_PUBLIC_URL: setting({
    about: 'The address under which people reach this archive. Setting it turns local conveniences off.',
    ...address('http', 'https'),
  }),
  STRATA_DOMAIN: setting({
    about:
      'The domain in the names of this archive’s records: urn:osa:{domain}:rec:{id}@1. Choose it before the first record: that makes it permanent.',
    ...text(
      'a domain name in lower case, like archive.example.org',
      /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    ),
    fallback: 'localhost',
  }),
  STRATA_STORAGE: setting({
    about: 'Where files are kept: "fs" below the data directory, or "s3".',
    ...oneOf('fs', 's3'),
    fallback: 'fs',
  }),
  STRATA_RUNNER: setting({
    about: 'How hooks are run. "module" needs nothing installed; "oci" needs Docker or Podman; "k8s" a cluster.',
    ...oneOf('module', 'oci', 'k8s'),
    fallback: 'module',
  }),
  STRATA_MODULE_WALLS: setting({
    about:
      'Whether hooks that are modules run where the kernel’s walls (namespaces, cgroups) cannot be had: "required" refuses them, "best-effort" runs them within what is left. Without it, required for a worker that is root, best-effort for others; docs/runners.md says what each wall holds.',
    ...oneOf('required', 'best-effort'),
  }),
  STRATA_RUN_CONCURRENCY: setting({
    about: 'How many hooks a worker runs at once. Without it, as many as the machine has cores.',
    ...whole(1, 1_000),
  }),
  STRATA_RUN_CONCURRENCY_PER_HOOK: setting({
    about: 'How many runs of one hook a worker has at once. Without it, no fewer than STRATA_RUN_CONCURRENCY allows.',
    ...whole(1, 1_000),
  }),
  STRATA_RUN_MEMORY: setting({
    about: 'How much memory the hooks of a worker may have together, like 8Gi. Without it, half of what the machine has.',
    ...memory(),
  }),
  STRATA_RUN_MAX_OUTPUT: setting({
    about: 'How much disk all attempts of one run may take together, like 8Gi. One attempt may write 4 GiB of it.',
    ...memory(),
    fallback: '8Gi',
  }),
  STRATA_RUN_MAX_SECONDS: setting({
    about:
      'How many seconds hooks may be executed for one run, over all of its attempts. Records without a result by then are computed by another run.',
    ...whole(1, 31_536_000),
    fallback: '21600',
  }),
  STRATA_RUN_KEEP_DAYS: setting({
    about: 'How many days logs of runs and the files that results were taken from are kept. What run.json says of them stays for good.',
    ...whole(1, 36_500),
    fallback: '90',
  }),
  STRATA_OCI_SOCKET: setting({
    about: 'The socket of the container engine, when STRATA_RUNNER is "oci". Without it Docker’s and Podman’s usual places are tried.',
    ...text('the absolute path of a socket, like /var/run/docker.sock', /^\/\S+$/),
  }),
  STRATA_OCI_REGISTRIES: setting({
    about:
      'The registries from which hooks’ images may come, with commas between; "*" is any public one. Registries on this machine or in a private network must be named.',
    expects: 'host or host:port entries with commas between, or "*", like "*,registry.lan:5000"',
    shape: z.string().transform((value, context) => {
      const registries = parseRegistries(value)
      if (registries === undefined) context.addIssue('not a list of registries')
      return registries ?? z.NEVER
    }),
    fallback: '*',
  }),
  STRATA_OCI_MAX_IMAGE: setting({
    about: 'The largest image that a hook may have, unpacked, like 10Gi. What is larger is not pulled, or removed again.',
    ...memory(),
    fallback: '10Gi',
  }),
  STRATA_OCI_PULL_TIMEOUT: setting({
    about: 'How long, in seconds, pulling an image may take. A registry that says nothing at all is given up after a minute.',
    ...whole(5, 86_400),
    fallback: '900',
  }),
  ...k8sSettings,
  DATABASE_URL: setting({
    about: 'A PostgreSQL 18+ database. Without it, a node starts its own below the data directory.',
    ...address('postgres', 'postgresql'),
    secret: true,
  }),
  DATABASE_READ_URL: setting({
    about:
      'The same database, for a role that can only read; docs/database.md says how it comes to be. Datasets are read with it. Without it they are read with DATABASE_URL, in read-only sessions; a node’s own database always has such a role.',
    ...address('postgres', 'postgresql'),
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting({
    about: 'Connections each process may open for its queries. One that reads datasets may open as many again for that.',
    ...whole(2, 200),
    fallback: '10',
  }),
  REDIS_URL: setting({
    about: 'Redis for the queue. Without it the queue lives in PostgreSQL.',
    ...address('redis', 'rediss'),
    secret: true,
  }),
  S3_ENDPOINT: setting({ about: 'The S3 endpoint, when it is not Amazon’s.', ...address('http', 'https') }),
  S3_REGION: setting({ about: 'The S3 region.', ...text('the name of a region', /^\S+$/), fallback: 'us-east-1' }),
  S3_BUCKET: setting({
    about: 'The S3 bucket; needed when STRATA_STORAGE is "s3".',
    ...text('the name of a bucket, 3 to 63 characters', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  }),
  S3_ACCESS_KEY_ID: setting({
    about: 'The S3 access key; without it the SDK’s usual sources are tried.',
    ...text('an access key id', /^\S+$/),
  }),
  S3_SECRET_ACCESS_KEY: setting({
    about: 'The S3 secret key.',
    ...text('the secret key that belongs to S3_ACCESS_KEY_ID', /^\S+$/),
    secret: true,
  }),
  S3_FORCE_PATH_STYLE: setting({ about: 'Address buckets by path, as most stores other than Amazon’s need.', ...flag(), fallback: 'true' }),
  S3_PRESIGNED: setting({
    about: 'Send downloads to the S3 store itself, by links that last minutes. Clients must then be able to reach the store.',
    ...flag(),
    fallback: 'false',
  }),
  STRATA_TOKEN_SECRET: setting({
    about: 'The secret that signs users’ tokens (at least 32 characters). A node makes its own; separate services must share one.',
    ...text('at least 32 characters', /^.{32,}$/),
    secret: true,
  }),
  STRATA_GATEWAY_SECRET: setting({
    about:
      'The secret by which subgraphs know the gateway (at least 32 characters). A node makes its own; separate services must share one.',
    ...text('at least 32 characters', /^.{32,}$/),
    secret: true,
  }),
  STRATA_READS: setting({
    about: 'Who may read. "private" answers nothing to callers without a token.',
    ...oneOf('public', 'private'),
    fallback: 'public',
  }),
  STRATA_MACHINE_ISSUER: setting({
    about: 'The `iss` of machines’ tokens, for deploying from CI. Without it no machine gets in; docs/identity.md shows a whole set-up.',
    ...text('the issuer as its tokens name it, without spaces or "#", and not beginning with "strata:"', /^(?!strata:)[^\s#]{1,255}$/),
  }),
  STRATA_MACHINE_JWKS: setting({
    about:
      'Where the public Ed25519 keys of that issuer are. Keys may be added and removed without a restart, but in a document given here.',
    expects: 'a JWKS document, the path of a file that holds one, or an https:// address',
    shape: z.string().refine((value) => keySource(value) !== undefined),
  }),
  STRATA_MACHINE_AUDIENCE: setting({
    about: 'The `aud` that machines’ tokens must have: the name of this archive at the issuer.',
    ...text('a text without spaces', /^\S{1,255}$/),
  }),
  STRATA_MACHINE_SCOPE_CLAIM: setting({
    about: 'The claim that holds a machine’s scopes: one text with spaces between, or a list.',
    ...text('the name of a claim', /^[^\s"]{1,255}$/),
    fallback: 'scope',
  }),
  STRATA_SUBGRAPHS: setting({
    about: 'Where the gateway finds the subgraphs: name=url pairs, comma-separated.',
    expects: 'one name=url pair for each of conventions, registry, records and data, like conventions=http://conventions:4000,registry=…',
    shape: z.string().refine((value) => {
      const names = value.split(',').map((pair) => /^([a-z]+)=https?:\/\/[^\s/]+/.exec(pair)?.[1])
      return names.sort().join() === 'conventions,data,records,registry'
    }),
  }),
  STRATA_MAX_BODY: setting({ about: 'The largest GraphQL request body, in bytes.', ...whole(1_024, 1_073_741_824), fallback: '33554432' }),
  STRATA_MAX_FILE: setting({ about: 'The largest file, in bytes.', ...whole(1, 5_497_558_138_880), fallback: '53687091200' }),
  STRATA_UPLOAD_QUOTA_BYTES: setting({
    about: 'Bytes that one caller may have in uploads under way and in files that no published record has; 0 is no limit.',
    ...whole(0, 1_125_899_906_842_624),
    fallback: '549755813888',
  }),
  STRATA_UPLOAD_QUOTA_FILES: setting({
    about: 'Files that one caller may have that no published record has, uploads under way included; 0 is no limit.',
    ...whole(0, 10_000_000),
    fallback: '100000',
  }),
  STRATA_UPLOAD_QUOTA_OPEN: setting({
    about: 'Uploads that one caller may have under way at once; 0 is no limit.',
    ...whole(0, 1_000_000),
    fallback: '100',
  }),
  STRATA_UPLOAD_GRACE_HOURS: setting({
    about: 'How long an uploaded file that no record has, or an unfinished upload, is kept.',
    ...whole(1, 8_760),
    fallback: '24',
  }),
  ...limitSettings,
  ...webSettings,
  STRATA_LOG_LEVEL: setting({
    about: 'How much is logged.',
    ...oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    fallback: 'info',
  }),
  STRATA_LOG_FORMAT: setting({
    about: '"json" is one object a line; "pretty" is for people; "auto" is pretty on a terminal.',
    ...oneOf('auto', 'json', 'pretty'),
    fallback: 'auto',
  }),
} as const

export type SettingName = keyof typeof settings
