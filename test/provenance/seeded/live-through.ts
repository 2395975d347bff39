import { expect } from 'vitest'
import type { Happening } from './chronicle.ts'
import { chronicler } from './chronicler.ts'
import { openScriptedArchive } from './scripted-archive.ts'
import { storyteller } from './storyteller.ts'

export type History = Awaited<ReturnType<typeof liveThrough>>

/**
 * An archive that has lived through much: three conventions, five hooks of which two conventions share one, twelve releases
 * and more, promotions, rollbacks, one that was only staged, one deprecated and one yanked, runs that wanted more memory, broke,
 * were retried, cancelled, resumed and reproduced. How many and which of them is the seed's to say.
 */
export async function liveThrough(seed: number) {
  await using parts = new AsyncDisposableStack()
  const teller = storyteller(seed)
  const archive = parts.use(await openScriptedArchive(teller.runner))
  const people = chronicler(archive, teller, seed)
  const { deploy, publish, revise, release, setLive, judge, backfill, mark, cite, chance, pick } = people
  const some = (least: number) => least + Math.floor(chance() * 4)

  await deploy('ada', 'alphas', 'number', ['size', 'shape', 'grade'])
  await deploy('ben', 'betas', 'number', ['grade', 'sound'])
  await deploy('ada', 'gammas', 'colour', ['tint'])
  await publish('ada', 'alphas', some(12))
  await publish('ben', 'betas', some(9))
  await publish('eve', 'gammas', some(8))
  await mark('everything is new')

  await release('ben', 'size', { promote: true })
  await publish('ada', 'alphas', some(4))
  await cite('ada', 'alphas', 'size')
  await backfill('ada', { hook: 'size', limit: some(4) })

  const staged = await release('ada', 'grade', { promote: false })
  await backfill('ben', { hook: 'grade', version: staged, convention: 'alphas', limit: some(5) })
  await mark('grade is tried')
  await revise('ben', 'alphas', some(3))
  await setLive('eve', 'grade', staged, 'it did well')
  await publish('ben', 'betas', some(4))
  await cite('ben', 'betas', 'grade')

  await release('ada', 'shape', { promote: true, sameCodeAs: 1 })
  await publish('eve', 'alphas', some(3))
  await judge('ada', 'shape', 1, 'DEPRECATED', 'slow')
  await release('ben', 'sound', { promote: true })
  await people.publishBrokenAndRetry('ben', 'betas', some(3))
  await mark('sound was mended')

  await release('ben', 'size', { promote: true })
  await backfill('ben', { hook: 'size' }, { interrupted: true })
  await setLive('ada', 'size', 1, 'three is wrong')
  await publish('ada', 'alphas', some(2))
  await mark('size is rolled back')
  await revise('eve', 'alphas', some(3))
  await revise('ben', 'betas', some(2))
  await mark('some records are revised')

  await release('eve', 'grade', { promote: true })
  await publish('ada', 'alphas', some(2))
  await publish('ben', 'betas', some(2))
  await cite('eve', 'alphas', 'grade')
  await judge('eve', 'grade', staged, 'YANKED', 'wrong unit')
  await backfill('eve', { hook: 'grade', convention: 'betas', only: ['MISSING', 'ERRORED'] })
  await mark('grade is yanked')

  const tried = await release('ada', 'tint', { promote: false })
  await backfill('ada', { hook: 'tint', version: tried, limit: some(3) })
  await people.reproduce('ben', pick(chance, runsOf(people.happenings, 'size')))

  for (let n = 0; n < 6; n++) {
    const hook = pick(chance, ['size', 'shape', 'grade', 'sound'])
    const deed = Math.floor(chance() * 4)
    if (deed === 0) await publish(pick(chance, ['ada', 'ben', 'eve']), pick(chance, ['alphas', 'betas', 'gammas']), some(1))
    if (deed === 1) await setLive('eve', hook, pick(chance, activeVersions(people.happenings, hook)), 'as it comes')
    if (deed === 2) await backfill('eve', { hook, limit: some(3) })
    if (deed === 3) await revise('ada', pick(chance, ['alphas', 'betas', 'gammas']), some(1))
    if (n % 3 === 0) await mark(`deed ${n}`)
  }
  await mark('now')

  const running = parts.move()
  return { ...people, archive, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function runsOf(happenings: readonly Happening[], hook: string): string[] {
  return happenings.flatMap((one) =>
    one.what === 'ran' && one.hook === hook && (one.status === 'PASSED' || one.status === 'WARNINGS') ? [one.run] : [],
  )
}

function activeVersions(happenings: readonly Happening[], hook: string): number[] {
  const versions = happenings.flatMap((one) => (one.what === 'released' && one.hook === hook ? [one.version] : []))
  const found = versions.filter(
    (version) => !happenings.some((one) => one.what === 'judged' && one.hook === hook && one.version === version),
  )
  return found.length > 0 ? found : expect.fail(`nothing of ${hook} is active`)
}
