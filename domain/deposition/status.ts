import { Conflict } from '@strata/domain/shared'

/** The status of a deposition. */
export const depositionStatuses = ['DRAFT', 'IN_VALIDATION', 'IN_REVIEW', 'PUBLISHED', 'REJECTED'] as const
export type DepositionStatus = (typeof depositionStatuses)[number]

/**
 * The owner takes EDIT, SUBMIT and WITHDRAW. RETURN (with findings), FORWARD (to review) and PUBLISH follow from the checks.
 * A curator takes APPROVE and REJECT.
 */
export const steps = ['EDIT', 'SUBMIT', 'WITHDRAW', 'RETURN', 'FORWARD', 'PUBLISH', 'APPROVE', 'REJECT'] as const
export type Step = (typeof steps)[number]

/** Every possible step and the status it leads to. The owner may change and submit a rejected deposition again. */
const leadsTo: { readonly [From in DepositionStatus]: { readonly [By in Step]?: DepositionStatus } } = {
  DRAFT: { EDIT: 'DRAFT', SUBMIT: 'IN_VALIDATION', RETURN: 'DRAFT' },
  REJECTED: { EDIT: 'DRAFT', SUBMIT: 'IN_VALIDATION', RETURN: 'DRAFT' },
  IN_VALIDATION: { WITHDRAW: 'DRAFT', RETURN: 'DRAFT', FORWARD: 'IN_REVIEW', PUBLISH: 'PUBLISHED' },
  IN_REVIEW: { WITHDRAW: 'DRAFT', RETURN: 'DRAFT', APPROVE: 'PUBLISHED', REJECT: 'REJECTED' },
  PUBLISHED: {},
}

/** The status after a step. Refuses an impossible step and says what to do instead. */
export function statusAfter(status: DepositionStatus, step: Step): DepositionStatus {
  const next = leadsTo[status][step]
  if (next === undefined) throw new Conflict(instead[status], 'srn')
  return next
}

const instead: { readonly [Status in DepositionStatus]: string } = {
  DRAFT: 'This deposition is a draft; submit it first.',
  REJECTED: 'This deposition was rejected; its owner may change it and submit it again.',
  IN_VALIDATION: 'This deposition is being validated; wait for the outcome, or take it back with withdrawDeposition to change it.',
  IN_REVIEW: 'This deposition waits for a curator; wait for the review, or take it back with withdrawDeposition to change it.',
  PUBLISHED:
    'This deposition is published and a record never changes; make a new deposition, or begin the next version of the record with reviseRecord.',
}
