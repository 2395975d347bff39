import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestOf, type Digest } from '@strata/domain/shared'
import { runConformance, type ConformingBackend } from '../conformance/run-conformance.ts'
import { createModuleRunner } from './create-module-runner.ts'

runConformance('module', () => start('all'))
runConformance('module, on a machine without namespaces and cgroups', () => start('least'))

async function start(walls: 'all' | 'least'): Promise<ConformingBackend> {
  const stateDir = await mkdtemp(join(tmpdir(), 'strata-modules-'))
  const sources = new Map<Digest, string>()
  const runner = await createModuleRunner({ stateDir, source: async (digest) => sources.get(digest), walls })
  return {
    runner,
    language: 'module',
    async runtimeFor(code, config) {
      const digest = digestOf(code)
      sources.set(digest, code)
      return { type: 'module', digest, config, limits: { timeoutSeconds: 30, memory: '256Mi', cpu: '1' } }
    },
    leftovers: async () =>
      execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.includes(stateDir)),
    close: () => rm(stateDir, { recursive: true, force: true }),
  }
}
