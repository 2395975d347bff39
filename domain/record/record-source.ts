/** The source of a record. `id` is the idempotency key: one record per (convention, type, id). */
export type RecordSource = DepositionSource | HarvestSource | ForkSource | ImportSource

interface DepositionSource {
  readonly type: 'deposition'
  readonly id: string
}
interface HarvestSource {
  readonly type: 'harvest'
  readonly id: string
  readonly harvestRun: string
  readonly upstreamSource: string
}
interface ForkSource {
  readonly type: 'fork'
  readonly id: string
  readonly sourceNode: string
}
interface ImportSource {
  readonly type: 'import'
  readonly id: string
  readonly sourceNode: string
}

export type RecordSourceType = RecordSource['type']

/** A source without its id, shared by all records of a call. */
export type SourceOrigin = WithoutId<RecordSource>
type WithoutId<Source> = Source extends RecordSource ? Omit<Source, 'id'> : never
