import {
  addDepositionFile,
  createDeposition,
  removeDepositionFile,
  reviewDeposition,
  reviseRecord,
  submitDeposition,
  updateDeposition,
  withdrawDeposition,
  type Deposition,
  type DepositionPorts,
  type DepositionQueries,
} from '@strata/domain/deposition'
import type { Caller } from '@strata/domain/identity'

type UseCase<Input> = (ports: DepositionPorts, input: Input, caller: Caller) => Promise<Deposition>
type Service<Case> = Case extends UseCase<infer Input> ? (input: Input, caller: Caller) => Promise<Deposition> : never

const useCases = {
  create: createDeposition,
  update: updateDeposition,
  addFile: addDepositionFile,
  removeFile: removeDepositionFile,
  submit: submitDeposition,
  withdraw: withdrawDeposition,
  review: reviewDeposition,
  revise: reviseRecord,
}

/** What people do with depositions, each in one transaction. */
type DepositionChanges = { readonly [Name in keyof typeof useCases]: Service<(typeof useCases)[Name]> }

export type DepositionServices = DepositionQueries & DepositionChanges

type Run = (work: (ports: DepositionPorts) => Promise<Deposition>) => Promise<Deposition>

export function depositionChanges(run: Run): DepositionChanges {
  return {
    create: within(run, useCases.create),
    update: within(run, useCases.update),
    addFile: within(run, useCases.addFile),
    removeFile: within(run, useCases.removeFile),
    submit: within(run, useCases.submit),
    withdraw: within(run, useCases.withdraw),
    review: within(run, useCases.review),
    revise: within(run, useCases.revise),
  }
}

function within<Input>(run: Run, useCase: UseCase<Input>) {
  return (input: Input, caller: Caller) => run((ports) => useCase(ports, input, caller))
}
