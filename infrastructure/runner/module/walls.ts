import { chooseConfinement, permissionModelAlone, type Confinement } from './confinement.ts'
import { findMemoryGroups, type MemoryGroups } from './memory-limit.ts'

/** `required`: run modules only within all of the kernel's walls. `best-effort`: run them within the walls that are available. */
export type RequiredWalls = 'required' | 'best-effort'

export interface Walls {
  readonly confinement: Confinement
  readonly groups: MemoryGroups | undefined
  /** What this machine cannot enforce, in words for the operator. */
  readonly weaknesses: readonly string[]
  /** Why this machine runs no modules. */
  readonly refusal: string | undefined
}

interface Wanted {
  readonly stateDir: string
  readonly required?: RequiredWalls | undefined
  readonly walls?: 'all' | 'least'
}

export async function chooseWalls({ stateDir, walls, required = usual() }: Wanted, prefix: string): Promise<Walls> {
  if (walls === 'least') return judgeWalls(await permissionModelAlone(), undefined, 'best-effort')
  const [confinement, groups] = await Promise.all([chooseConfinement(stateDir), findMemoryGroups(prefix)])
  return judgeWalls(confinement, groups, required)
}

/** A process that gets past Node's permission model has the rights of the worker's user. If that user is root, it is root. */
function usual(): RequiredWalls {
  return process.getuid?.() === 0 ? 'required' : 'best-effort'
}

export function judgeWalls(confinement: Confinement, groups: MemoryGroups | undefined, required: RequiredWalls): Walls {
  const weaknesses = [
    ...(confinement.weakness === undefined ? [] : [confinement.weakness]),
    ...(groups === undefined ? ['Memory of modules is watched, not limited: this worker may make no cgroups.'] : []),
  ]
  if (weaknesses.length === 0 || required === 'best-effort') return { confinement, groups, weaknesses, refusal: undefined }
  const refusal = `This worker runs no modules, for the kernel's walls around them are missing. ${weaknesses.join(' ')} ${remedy}`
  return { confinement, groups, weaknesses: [refusal], refusal }
}

const remedy =
  'Set STRATA_MODULE_WALLS=best-effort on the worker to run them all the same (docs/runners.md says what is left), or run hooks as images.'
