import { join } from 'node:path'
import type { Storage } from '@strata/domain/shared'
import type { Config } from '../environment/index.ts'
import { fsStorage } from './fs/fs-storage.ts'
import { s3Storage } from './s3/s3-storage.ts'

/** Opens the configured storage. Nothing is accessed before the first use. */
export function openStorage({ storage, dataDir, s3 }: Pick<Config, 'storage' | 'dataDir' | 's3'>): Storage {
  if (storage === 'fs') return fsStorage(join(dataDir, 'files'))
  if (s3.bucket === undefined) throw new Error('S3_BUCKET is not set; STRATA_STORAGE "s3" needs it.')
  return s3Storage({ ...s3, bucket: s3.bucket })
}
