import { expect, test } from 'vitest'
import { permissionModelAlone, type Confinement } from './confinement.ts'
import { judgeWalls } from './walls.ts'
import type { MemoryGroups } from './memory-limit.ts'

const groups = { list: async () => [] } as unknown as MemoryGroups
const walled: Confinement = { isolation: [], weakness: undefined, inside: (paths) => paths, wrap: (_, command) => command }

test('where a wall is missing and walls are required, no module is run, and the setting is named', async () => {
  const alone = await permissionModelAlone()
  for (const [confinement, memory] of [[alone, groups], [walled, undefined], [alone, undefined]] as const) {
    const { refusal, weaknesses } = judgeWalls(confinement, memory, 'required')
    expect(refusal).toContain('STRATA_MODULE_WALLS=best-effort')
    expect(weaknesses).toEqual([refusal])
  }
})

test('best effort runs them, and says what is missing', async () => {
  const { refusal, weaknesses } = judgeWalls(await permissionModelAlone(), undefined, 'best-effort')
  expect(refusal).toBeUndefined()
  expect(weaknesses).toHaveLength(2)
})

test('where nothing is missing nothing is said', () => {
  expect(judgeWalls(walled, groups, 'required')).toEqual({ confinement: walled, groups, weaknesses: [], refusal: undefined })
})
