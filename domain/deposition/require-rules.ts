import type { Slug } from '@strata/domain/shared'
import type { DepositionPorts, DepositRules } from './deposition-ports.ts'

/** The rules of a deposition's convention. A convention with depositions cannot be removed. */
export async function requireRules({ depositions }: DepositionPorts, convention: Slug): Promise<DepositRules> {
  const rules = await depositions.rulesOf(convention)
  if (!rules) throw new Error(`the convention ${convention} of a deposition is missing`)
  return rules
}
