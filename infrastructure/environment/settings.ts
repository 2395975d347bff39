import { parseRegistries } from '@strata/domain/registry'
import { z } from 'zod'
import { keySource } from './key-source.ts'
import { k8sSettings } from './k8s-settings.ts'
import { limitSettings } from './limit-settings.ts'
import { address, flag, memory, oneOf, setting, text, whole } from './setting.ts'
import { webSettings } from './web-settings.ts'

/**
 * Every setting of a node: its variable, purpose and valid values. `.env.example` and docs/configuration.md are generated from
 * this list, and a wrong value is refused at start with the variable's name.
 */
export const settings = {
  STRATA_ROLE: setting({
    about: 'What this process is. "node" is everything in one process; the others are the services of a larger archive.',
    ...oneOf('node', 'gateway', 'conventions', 'registry', 'records', 'data', 'worker'),
    fallback: 'node',
  }),
  STRATA_HOST: setting({
    about: 'The address to listen on. Loopback by default.',
    ...text('a host name or an IP address', /^[^\s/]+$/),
    fallback: '127.0.0.1',
  }),
  STRATA_PORT: setting({ about: 'The port of the public endpoint.', ...whole(0, 65_535), fallback: '4000' }),
  STRATA_DATA_DIR: setting({
    about: 'The directory for the permanent data of a node: database, files, secrets.',
    ...text('a path'),
    fallback: '.data',
  }),
  STRATA_PUBLIC_URL: setting({
    about: 'The public address of this archive. Setting it turns off conveniences for local use.',
    ...address('http', 'https'),
  }),
  STRATA_DOMAIN: setting({
    about:
      'The domain in the names of this archive’s records: urn:osa:{domain}:rec:{id}@1. The first record makes it permanent, so choose it before.',
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
    about: 'How hooks run. "module" needs no installation; "oci" needs Docker or Podman; "k8s" a cluster.',
    ...oneOf('module', 'oci', 'k8s'),
    fallback: 'module',
  }),
  STRATA_MODULE_WALLS: setting({
    about:
      'Whether module hooks run on a machine without the kernel’s walls (namespaces, cgroups): "required" refuses them, "best-effort" runs them within the available walls. By default, required for a worker that runs as root and best-effort for others; docs/runners.md describes each wall.',
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
    about: 'How much memory the hooks of a worker may use together, like 8Gi. By default, half of the machine’s memory.',
    ...memory(),
  }),
  STRATA_RUN_MAX_OUTPUT: setting({
    about: 'How much disk all attempts of one run may take together, like 8Gi. One attempt may write 4 GiB of it.',
    ...memory(),
    fallback: '8Gi',
  }),
  STRATA_RUN_MAX_SECONDS: setting({
    about: 'How many seconds hooks may execute for one run, over all of its attempts. Another run computes the records without a result.',
    ...whole(1, 31_536_000),
    fallback: '21600',
  }),
  STRATA_RUN_KEEP_DAYS: setting({
    about: 'How many days the logs and output files of runs are kept. run.json keeps their digests permanently.',
    ...whole(1, 36_500),
    fallback: '90',
  }),
  STRATA_OCI_SOCKET: setting({
    about: 'The socket of the container engine, when STRATA_RUNNER is "oci". By default, the usual sockets of Docker and Podman are tried.',
    ...text('the absolute path of a socket, like /var/run/docker.sock', /^\/\S+$/),
  }),
  STRATA_OCI_REGISTRIES: setting({
    about:
      'The registries that hooks’ images may come from, comma-separated; "*" is any public registry. Registries on this machine or in a private network must be named.',
    expects: 'comma-separated host or host:port entries, or "*", like "*,registry.lan:5000"',
    shape: z.string().transform((value, context) => {
      const registries = parseRegistries(value)
      if (registries === undefined) context.addIssue('not a list of registries')
      return registries ?? z.NEVER
    }),
    fallback: '*',
  }),
  STRATA_OCI_MAX_IMAGE: setting({
    about: 'The largest unpacked size of a hook’s image, like 10Gi. Larger images are not pulled, or are removed again.',
    ...memory(),
    fallback: '10Gi',
  }),
  STRATA_OCI_PULL_TIMEOUT: setting({
    about: 'How long, in seconds, pulling an image may take. The pull fails after a minute without any data.',
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
      'The same database with a role that can only read, used to read datasets; docs/database.md describes the role. By default, datasets are read with DATABASE_URL in read-only sessions. A node’s own database always has such a role.',
    ...address('postgres', 'postgresql'),
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting({
    about: 'How many connections each process may open for its queries. A process that reads datasets may open as many again for that.',
    ...whole(2, 200),
    fallback: '10',
  }),
  REDIS_URL: setting({
    about: 'Redis for the queue. By default, the queue is in PostgreSQL.',
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
    about: 'The S3 access key. By default, the SDK’s usual sources are tried.',
    ...text('an access key id', /^\S+$/),
  }),
  S3_SECRET_ACCESS_KEY: setting({
    about: 'The S3 secret key.',
    ...text('the secret key that belongs to S3_ACCESS_KEY_ID', /^\S+$/),
    secret: true,
  }),
  S3_FORCE_PATH_STYLE: setting({ about: 'Address buckets by path, as most stores other than Amazon’s need.', ...flag(), fallback: 'true' }),
  S3_PRESIGNED: setting({
    about: 'Redirect downloads to the S3 store with short-lived links. Clients must be able to reach the store.',
    ...flag(),
    fallback: 'false',
  }),
  STRATA_TOKEN_SECRET: setting({
    about: 'The secret that signs users’ tokens (at least 32 characters). A node creates its own; separate services must share one.',
    ...text('at least 32 characters', /^.{32,}$/),
    secret: true,
  }),
  STRATA_GATEWAY_SECRET: setting({
    about:
      'The secret by which subgraphs recognize the gateway (at least 32 characters). A node creates its own; separate services must share one.',
    ...text('at least 32 characters', /^.{32,}$/),
    secret: true,
  }),
  STRATA_READS: setting({
    about: 'Who may read. "private" refuses all reads without a token.',
    ...oneOf('public', 'private'),
    fallback: 'public',
  }),
  STRATA_MACHINE_ISSUER: setting({
    about:
      'The `iss` of machines’ tokens, for deploying from CI. By default, machines have no access; docs/identity.md shows a complete set-up.',
    ...text('the issuer as its tokens name it, without spaces or "#", and not beginning with "strata:"', /^(?!strata:)[^\s#]{1,255}$/),
  }),
  STRATA_MACHINE_JWKS: setting({
    about:
      'Where the public Ed25519 keys of that issuer are. Keys can be added and removed without a restart, except in a document given here.',
    expects: 'a JWKS document, the path of a file that holds one, or an https:// address',
    shape: z.string().refine((value) => keySource(value) !== undefined),
  }),
  STRATA_MACHINE_AUDIENCE: setting({
    about: 'The `aud` that machines’ tokens must have: the name of this archive at the issuer.',
    ...text('a text without spaces', /^\S{1,255}$/),
  }),
  STRATA_MACHINE_SCOPE_CLAIM: setting({
    about: 'The claim with a machine’s scopes: a space-separated text, or a list.',
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
    about: 'How long the archive keeps unfinished uploads and uploaded files without a record.',
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
