export { storagePart } from './storage-part.ts'
export { openStorage } from './open-storage.ts'
