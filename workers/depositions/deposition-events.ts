import { beginValidation, endValidation, type ValidationPorts } from '@strata/domain/deposition'
import type { DomainEvent, EventHandlers } from '@strata/domain/shared'
import type { Log } from '../log.ts'

type DepositionEvent = Extract<DomainEvent, { readonly deposition: string }>

/** What is done about depositions: a submitted one goes to the hooks, the rest is put on the operator's record. */
export function depositionEvents({ log, ports }: { log: Log; ports: ValidationPorts }): Pick<EventHandlers, DepositionEvent['type']> {
  const note =
    (message: string) =>
    async ({ deposition }: DepositionEvent) =>
      log.info({ deposition }, message)
  const returned = note('deposition returned to its owner')
  return {
    DepositionCreated: note('deposition begun'),
    DepositionSubmitted: (event) => beginValidation(ports, event),
    DepositionForwarded: note('deposition waits for review'),
    async DepositionReturned(event) {
      await endValidation(ports, event)
      await returned(event)
    },
    DepositionPublished: note('deposition published'),
  }
}
