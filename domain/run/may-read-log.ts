import { hasRole, holdsScope, type Principal } from '@strata/domain/identity'
import type { RunLogState } from './run-queries.ts'

/**
 * What hooks print may be all that they were handed. Of what is not published that is for those who would see it anyway, and
 * for whoever runs the hooks.
 */
export function mayReadLog(principal: Principal, { isPublic }: RunLogState): boolean {
  if (isPublic || hasRole(principal, 'CURATOR')) return true
  return principal.kind !== 'ANONYMOUS' && holdsScope(principal.scopes, 'hooks:write')
}
