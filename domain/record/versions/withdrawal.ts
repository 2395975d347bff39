/** RETRACTED: still readable, but marked. REMOVED: erased; only that it was there stays. */
export type WithdrawalKind = 'RETRACTED' | 'REMOVED'

/** A record that was taken back, all its versions at once. */
export interface Withdrawal {
  readonly kind: WithdrawalKind
  readonly reason: string
  readonly at: Date
  readonly by: string
}
