import { expect, test } from 'vitest'
import { permissionModelAlone, type Confinement } from './confinement.ts'
import { judgeWalls } from './walls.ts'
import type { MemoryGroups } from './memory-limit.ts'

const groups = { list: async () => [] } as unknown as MemoryGroups
const walled: Confinement = { isolation: [], weakness: undefined, inside: (paths) => paths, wrap: (_, command) => command }

test('if a wall is missing and walls are required, no module runs, and the message names the setting', async () => {
  const alone = await permissionModelAlone()
  for (const [confinement, memory] of [
    [alone, groups],
    [walled, undefined],
    [alone, undefined],
  ] as const) {
    const { refusal, weaknesses } = judgeWalls(confinement, memory, 'required')
    expect(refusal).toContain('STRATA_MODULE_WALLS=best-effort')
    expect(weaknesses).toEqual([refusal])
  }
})

test('best effort runs modules and reports what is missing', async () => {
  const { refusal, weaknesses } = judgeWalls(await permissionModelAlone(), undefined, 'best-effort')
  expect(refusal).toBeUndefined()
  expect(weaknesses).toHaveLength(2)
})

test('nothing is reported when no wall is missing', () => {
  expect(judgeWalls(walled, groups, 'required')).toEqual({ confinement: walled, groups, weaknesses: [], refusal: undefined })
})
