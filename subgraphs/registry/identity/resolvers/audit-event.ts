import { actorKind } from '@strata/domain/identity'
import type { AuditEventResolvers } from '../../generated/types.ts'

export const AuditEvent: AuditEventResolvers = {
  id: ({ position }) => String(position),
  kind: ({ actor }) => actorKind(actor),
}
