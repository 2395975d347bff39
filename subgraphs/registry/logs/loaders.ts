import type { LogTail } from '@strata/domain/run'
import { loadTogether } from '../../server/loaders.ts'
import type { LogServices } from './services.ts'

export function logLoaders(logs: ReturnType<LogServices['viewsFor']>) {
  return { logTail: loadTogether((wanted: readonly LogTail[]) => logs.tails(wanted)) }
}
