import { expect } from 'vitest'
import { eachRecord, outcomes, reportFound, rowsOf, type Scenario } from './scenario.ts'

/** What a hook says, and what is made of it. */
export const resultScenarios: readonly Scenario[] = [
  {
    name: 'writes rows for each record',
    module: `export default ({ record }) => [{ text: record.id, number: 1.5 }, { text: record.id, number: 2 }]`,
    shell: eachRecord(
      `printf '{"id":"%s","features":[{"text":"%s","number":1.5},{"text":"%s","number":2}]}\\n' $id $id $id >> $OSA_OUT/features.jsonl`,
    ),
    check(observed) {
      expect(observed.observation).toMatchObject({ exitCode: 0, oomKilled: false, timedOut: false })
      expect(observed.observation.failure).toBeUndefined()
      expect(observed.observation.artifact?.digest).toMatch(/^sha256:/)
      expect(outcomes(observed)).toEqual({ a: 'PASSED', b: 'PASSED', c: 'PASSED' })
      expect(rowsOf(observed, 'b')).toEqual([
        ['b', 1.5],
        ['b', 2],
      ])
    },
  },
  {
    name: 'finds nothing',
    module: `export default () => undefined`,
    shell: `exit 0`,
    check: (observed) => expect(outcomes(observed)).toEqual({ a: 'EMPTY', b: 'EMPTY', c: 'EMPTY' }),
  },
  {
    name: 'rejects a record with a reason',
    module: `export default ({ record, reject }) => record.id === 'b' ? reject('resolution too low') : [{ text: 'x' }]`,
    shell: eachRecord(
      `if [ $id = b ]; then echo '{"id":"b","reason":"resolution too low"}' >> $OSA_OUT/rejections.jsonl; else found=x; ${reportFound}; fi`,
    ),
    check(observed) {
      expect(outcomes(observed)).toEqual({ a: 'PASSED', b: 'REJECTED', c: 'PASSED' })
      expect(observed.results.find(({ id }) => id === 'b')?.outcome).toMatchObject({ reason: 'resolution too low' })
    },
  },
  {
    name: 'fails over one record and goes on',
    module: `export default ({ record }) => { if (record.id === 'b') throw Object.assign(new Error('no atoms'), { retryable: true }); return [{ text: 'x' }] }`,
    shell: eachRecord(
      `if [ $id = b ]; then echo '{"id":"b","error":"no atoms","retryable":true}' >> $OSA_OUT/errors.jsonl; else found=x; ${reportFound}; fi`,
    ),
    check(observed) {
      expect(outcomes(observed)).toEqual({ a: 'PASSED', b: 'ERRORED', c: 'PASSED' })
      expect(observed.results.find(({ id }) => id === 'b')?.outcome).toMatchObject({
        reason: expect.stringContaining('no atoms'),
        retryable: true,
      })
    },
  },
  {
    name: 'breaks its contract for one record',
    module: `export default ({ record }) => [{ text: record.id === 'b' ? 7 : 'x' }]`,
    shell: eachRecord(
      `if [ $id = b ]; then echo '{"id":"b","features":[{"text":7}]}' >> $OSA_OUT/features.jsonl; else found=x; ${reportFound}; fi`,
    ),
    check: (observed) => expect(outcomes(observed)).toEqual({ a: 'PASSED', b: 'ERRORED', c: 'PASSED' }),
  },
  {
    name: 'is given its config',
    config: { level: 7 },
    module: `export default ({ config }) => [{ number: config.level }]`,
    shell: eachRecord(
      `level=$(sed 's/[^0-9]//g' $OSA_IN/config.json); printf '{"id":"%s","features":[{"number":%s}]}\\n' $id $level >> $OSA_OUT/features.jsonl`,
    ),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([[null, 7]]),
  },
  {
    name: 'reads the files of its records',
    files: { 'a/atoms.txt': 'carbon', 'c/atoms.txt': 'iron' },
    module: `export default ({ files }) => files.list().map(({ name }) => ({ text: files.text(name) }))`,
    shell: eachRecord(`if [ -f $OSA_FILES/$id/atoms.txt ]; then found=$(cat $OSA_FILES/$id/atoms.txt); ${reportFound}; fi`),
    check(observed) {
      expect(outcomes(observed)).toEqual({ a: 'PASSED', b: 'EMPTY', c: 'PASSED' })
      expect([rowsOf(observed, 'a'), rowsOf(observed, 'c')]).toEqual([[['carbon', null]], [['iron', null]]])
    },
  },
  {
    name: 'prints, and what it printed is kept and followed',
    module: `console.log('to out'); console.error('to err'); export default () => []`,
    shell: `echo to out; echo to err >&2`,
    check({ log, followed, observation }) {
      expect(log).toContain('to out\n')
      expect(log).toContain('to err\n')
      expect(followed).toBe(log)
      expect(observation.log).toEqual({ bytes: Buffer.byteLength(log), truncated: false })
    },
  },
  {
    name: 'prints without end, and the log has one',
    maxLogBytes: 10_000,
    module: `for (let i = 0; i < 5000; i++) console.log('x'.repeat(100)); export default () => []`,
    shell: `i=0; while [ $i -lt 5000 ]; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; i=$((i+1)); done`,
    check({ log, observation }) {
      expect(log).toHaveLength(10_000)
      expect(observation.log).toEqual({ bytes: 10_000, truncated: true })
      expect(observation.failure).toBeUndefined()
    },
  },
]
