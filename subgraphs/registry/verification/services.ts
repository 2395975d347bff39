import type { VerificationReports } from '@strata/domain/verification'

export type VerificationServices = VerificationReports
