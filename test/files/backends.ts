import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { loadConfig } from '@strata/infrastructure/environment'
import { openStorage } from '@strata/infrastructure/storage'
import type { Storage } from '@strata/domain/shared'
import { isRadosGatewayInstalled, startRadosGateway } from '../support/radosgw.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

/** A storage to test, and a look behind it. */
export interface Backend extends AsyncDisposable {
  readonly name: 'fs' | 's3'
  readonly storage: Storage
  /** What an archive is told to keep its files there. */
  readonly settings: Record<string, string>
  /** The names of everything that lies below a prefix, unfinished multipart uploads included. */
  names(prefix: string): Promise<readonly string[]>
  /** The directory of a filesystem. */
  readonly root: string | undefined
}

export const backends = [
  { name: 'fs', isHere: true, start: startFs },
  {
    name: 's3',
    // Read by each file, because each is noted as one that needs S3.
    get isHere() {
      return isRadosGatewayInstalled()
    },
    start: startS3,
  },
] as const

async function startFs(): Promise<Backend> {
  const directory = await temporaryDirectory()
  const settings = { STRATA_DATA_DIR: directory.path }
  const root = join(directory.path, 'files')
  await mkdir(root)
  return {
    name: 'fs',
    storage: openStorage(loadConfig(settings)),
    settings,
    root,
    names: async (prefix) => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true })
      const paths = entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      return paths.filter((path) => path.startsWith(prefix)).toSorted()
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

async function startS3(): Promise<Backend> {
  const gateway = await startRadosGateway()
  const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = gateway
  const settings = {
    STRATA_STORAGE: 's3',
    S3_ENDPOINT: endpoint,
    S3_BUCKET: Bucket,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  }
  const client = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true })
  return {
    name: 's3',
    storage: openStorage(loadConfig(settings)),
    settings,
    root: undefined,
    names: async (Prefix) => {
      const objects = await client.send(new ListObjectsV2Command({ Bucket, Prefix }))
      const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }))
      return [...(objects.Contents ?? []), ...(uploads.Uploads ?? [])].map(({ Key }) => Key ?? '').toSorted()
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await gateway[Symbol.asyncDispose]()
    },
  }
}
