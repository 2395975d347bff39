import { chooseConfinement, permissionModelAlone, type Confinement } from './confinement.ts'
import { findMemoryGroups, type MemoryGroups } from './memory-limit.ts'

/** `required`: modules are run within the kernel's walls or not at all. `best-effort`: within those that there are. */
export type RequiredWalls = 'required' | 'best-effort'

export interface Walls {
  readonly confinement: Confinement
  readonly groups: MemoryGroups | undefined
  /** What this machine cannot enforce, each in words for the operator. */
  readonly weaknesses: readonly string[]
  /** Why no module is run here. */
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

/** A process of root's that gets past Node's permission model is root; one of another user's is what the worker is. */
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

const remedy = 'Set STRATA_MODULE_WALLS=best-effort on the worker to run them all the same (docs/runners.md says what is left), or run hooks as images.'
