import type { CitationServices } from '../../server/services.ts'
import type { DataServices } from '../downloads/services.ts'

export interface CiteServices extends DataServices {
  readonly citations: Pick<CitationServices, 'open' | 'reading'>
}
