import { validateMetadata } from '@strata/domain/convention'
import { actorOf, type Caller } from '@strata/domain/identity'
import { checkFiles, newCandidateId } from '@strata/domain/record'
import type { Finding } from '@strata/domain/shared'
import { requireMayChange } from './access.ts'
import type { Deposition, DepositionId } from './deposition.ts'
import type { DepositionPorts } from './deposition-ports.ts'
import { move } from './move.ts'
import { requireRules } from './require-rules.ts'
import { statusAfter } from './status.ts'

/** Checks everything. With faults, it returns to its owner with all of them as findings; otherwise validation begins. */
export async function submitDeposition(ports: DepositionPorts, { id }: { readonly id: DepositionId }, caller: Caller): Promise<Deposition> {
  const deposition = requireMayChange(caller, await ports.depositions.claim(id))
  statusAfter(deposition.status, 'SUBMIT')
  const findings = await check(ports, deposition)
  if (findings.length > 0) return move(ports, deposition, { step: 'RETURN', findings }, actorOf(caller))
  return move(ports, deposition, { step: 'SUBMIT', candidate: newCandidateId() }, actorOf(caller))
}

async function check(ports: DepositionPorts, { convention, metadata, files, owner }: Deposition): Promise<readonly Finding[]> {
  const rules = await requireRules(ports, convention)
  const checked = await validateMetadata(metadata, rules.schema)
  const stored = new Map(
    (
      await ports.files.hold(
        files.map(({ digest }) => digest),
        { of: 'OWN', actor: owner },
      )
    ).map((file) => [file.digest, file]),
  )
  return [...(checked.ok ? [] : checked.findings), ...checkFiles(files, { rules: rules.convention.files, stored }).findings]
}
