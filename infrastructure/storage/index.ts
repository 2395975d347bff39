export { storagePart } from './storage-part.ts'
export { openStorage } from './open-storage.ts'
export { fsStorage } from './fs/fs-storage.ts'
export { s3Storage } from './s3/s3-storage.ts'
