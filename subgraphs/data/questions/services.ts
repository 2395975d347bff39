import type { TableRow } from '@strata/domain/dataset'
import type {
  BlastRadii,
  BlastRadiusOf,
  DiffInput,
  MadeRowId,
  ReleaseDiff,
  ReleaseOfRecord,
  RowExplanation,
  Touched,
} from '@strata/domain/provenance'

/** Why a row has its values, what else something touched, and what a release changed. */
export interface QuestionServices {
  readonly explainRow: (input: { readonly row: string; readonly asOf: Date | undefined }) => Promise<RowExplanation>
  readonly supersededRows: (id: MadeRowId, by: readonly ReleaseOfRecord[], limit: number) => Promise<readonly TableRow[]>
  readonly findTouched: (of: BlastRadiusOf) => Promise<Touched>
  readonly blastRadii: BlastRadii
  readonly diffReleases: (input: DiffInput) => Promise<ReleaseDiff>
}
