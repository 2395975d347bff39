import { depositionIdOf, noSuchDeposition, type DepositionId } from '@strata/domain/deposition'
import { recordRefOf } from '@strata/domain/record'
import type { Srn } from '@strata/domain/shared'
import type { MutationResolvers } from '../../generated/types.ts'

export const Mutation: MutationResolvers = {
  createDeposition: (_, { input }, { services, caller }) => services.depositions.create(input, caller),
  updateDeposition: (_, { srn, metadata }, { services, caller, domain }) =>
    services.depositions.update({ id: idOf(srn, domain), metadata }, caller),
  addDepositionFile: (_, { srn, file }, { services, caller, domain }) =>
    services.depositions.addFile({ id: idOf(srn, domain), file }, caller),
  removeDepositionFile: (_, { srn, name }, { services, caller, domain }) =>
    services.depositions.removeFile({ id: idOf(srn, domain), name }, caller),
  submitDeposition: (_, { srn }, { services, caller, domain }) => services.depositions.submit({ id: idOf(srn, domain) }, caller),
  withdrawDeposition: (_, { srn }, { services, caller, domain }) => services.depositions.withdraw({ id: idOf(srn, domain) }, caller),
  reviseRecord: (_, { srn, note }, { services, caller, domain }) =>
    services.depositions.revise({ record: recordRefOf(srn, domain), note, domain }, caller),
  reviewDeposition: (_, { srn, decision, reason }, { services, caller, domain }) =>
    services.depositions.review({ id: idOf(srn, domain), decision, reason }, caller),
}

function idOf(srn: Srn, domain: string): DepositionId {
  const id = depositionIdOf(srn, domain)
  if (id === undefined) throw noSuchDeposition()
  return id
}
