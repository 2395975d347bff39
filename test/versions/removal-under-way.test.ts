import { withdrawRecord, recordSrn, type RecordId } from '@strata/domain/record'
import * as postgres from '@strata/infrastructure/postgres'
import { expect, test } from 'vitest'
import { openRuns } from '../runs/open-runs.ts'
import { eventually } from '../support/eventually.ts'
import { filesBelow } from '../support/files-below.ts'
import { HookFails, scriptedRunner } from '../support/scripted-runner.ts'
import { findings, tablesWith } from './removed-record.ts'

const said = 'what-the-hook-said-of-it'

test.each(['rows', 'a rejection', 'a failure'] as const)(
  'a run that ends with %s after its record was removed leaves nothing of it, and all of the others',
  async (what) => {
    await using archive = await openRuns()
    const { database, rows } = archive
    const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const runner = scriptedRunner(async ({ ids, write }) => {
      started.resolve()
      await finish.promise
      if (what === 'a failure') throw new HookFails('CONFIG', said)
      for (const [n, id] of ids.entries()) {
        if (what === 'a rejection' && n === 0) write('rejections', { id, reason: said })
        else write('features', { id, features: [{ value: n, word: n === 0 ? said : 'harmless' }] })
      }
    })
    await archive.work({ runners: [runner], policy: { maxAttempts: 1 } as object })
    const [removed = ''] = await archive.publish(3)
    await started.promise
    const srn = recordSrn('localhost', { identity: removed as RecordId, version: 1 })
    await postgres.transaction(database, (tx) =>
      withdrawRecord(
        { withdrawals: postgres.withdrawalStore(tx) },
        { srn, kind: 'REMOVED', reason: 'Consent was withdrawn.', confirm: srn },
        { caller: { kind: 'USER', subject: 'a', roles: ['ADMIN'], scopes: [] }, domain: 'localhost' },
      ),
    )
    finish.resolve()
    await archive.ended(1)
    await eventually(async () => expect(await rows('select kind, name from erasure where done_at is null')).toEqual([]))
    await eventually(() => expect(filesBelow(archive.directory).filter((path) => !path.includes('removals'))).toEqual([]))
    expect(await tablesWith(archive, said)).toEqual([])
    expect(await rows('select count(*)::int as n from features.doubled')).toEqual([{ n: what === 'a failure' ? 0 : 2 }])
    expect((await findings(archive)).findings).toEqual([])
  },
  120_000,
)
