import type { Citation, CitationChange, DataTable, Dataset, PlacedRow, RecordOutcome, TableRow } from '@strata/domain/dataset'
import type { ReleaseDiff, RowDiff, RowExplanation, Touched, TouchedCounts, VerifiedArtifact } from '@strata/domain/provenance'
import type { RecordId } from '@strata/domain/record'
import type { Srn } from '@strata/domain/shared'
import type { Connection } from '../server/connection.ts'

/** What each type is in a resolver's hands before GraphQL asks for its fields. */
export type DatasetModel = Dataset
export type DataTableModel = DataTable & { readonly convention: string }
export type TableRowModel = TableRow
export type TableRowConnectionModel = Connection<PlacedRow>
export type FeatureRowModel = TableRow
export type RecordOutcomeModel = RecordOutcome & { readonly record: RecordId }
export type ConventionModel = { readonly slug: string }
export type HookModel = { readonly name: string }
export type HookReleaseModel = { readonly id: string }
export type HookRunModel = { readonly id: string }
export type RecordModel = { readonly srn: Srn }
export type PointerEventModel = { readonly id: string }
export type RowExplanationModel = RowExplanation
export type VerifiedArtifactModel = VerifiedArtifact
/** Counted once for all of its fields, and only when one of them is asked for. */
export type BlastRadiusModel = Touched & { readonly counts: () => Promise<TouchedCounts> }
export type HookRunConnectionModel = Connection<HookRunModel>
export type RecordConnectionModel = Connection<RecordModel & { readonly id: RecordId }>
export type ReleaseDiffModel = ReleaseDiff
export type RowDiffModel = RowDiff
export type CitationModel = Citation
export type CitationChangeModel = CitationChange
