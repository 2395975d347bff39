import { expect } from 'vitest'
import { eachRecord, outcomes, reportFound, type Scenario } from './scenario.ts'

/** How a hook comes to grief, and what a runner says of it. */
export const failureScenarios: readonly Scenario[] = [
  {
    name: 'crashes, and says so in its log',
    module: `export default () => { setTimeout(() => { throw new Error('cannot go on') }); return new Promise(() => undefined) }`,
    shell: `echo cannot go on >&2; exit 3`,
    check({ observation, log }) {
      expect(observation.failure?.kind).toBe('HOOK_EXIT')
      expect(observation.exitCode).toBeGreaterThan(0)
      expect(observation.oomKilled).toBe(false)
      expect(log).toContain('cannot go on')
    },
  },
  {
    name: 'crashes after it had written a result: the exit is what counts',
    module: `export default ({ record }) => { if (record.id === 'a') return [{ text: 'x' }]; queueMicrotask(() => { throw new Error('late') }); return new Promise(() => undefined) }`,
    shell: `echo '{"id":"a","features":[{"text":"x"}]}' > $OSA_OUT/features.jsonl; exit 1`,
    check: ({ observation }) => expect(observation.failure?.kind).toBe('HOOK_EXIT'),
  },
  {
    name: 'takes too long, and keeps what it had finished',
    // A busy machine spends part of this on starting the hook.
    timeoutSeconds: 5,
    module: `export default ({ record }) => { if (record.id === 'a') return [{ text: 'x' }]; for (;;); }`,
    shell: `id=a; found=x; ${reportFound}; printf '{"id":"b","feat' >> $OSA_OUT/features.jsonl; while :; do :; done`,
    check(observed) {
      expect(observed.observation).toMatchObject({ timedOut: true, failure: { kind: 'TIMEOUT' } })
      expect(outcomes(observed)).toEqual({ a: 'PASSED' })
    },
  },
  {
    name: 'needs more memory than it may have',
    memoryMebibytes: 96,
    module: `const kept = []; export default ({ record }) => { if (record.id === 'a') return [{ text: 'x' }]; for (;;) kept.push(Buffer.alloc(2 ** 20, 1)) }`,
    shell: `id=a; found=x; ${reportFound}; x=$(yes | tr -d '\\n' | head -c 300000000); echo \${#x}`,
    check(observed) {
      expect(observed.observation).toMatchObject({ oomKilled: true, failure: { kind: 'OOM' } })
      expect(outcomes(observed)).toEqual({ a: 'PASSED' })
    },
  },
  {
    // It would run for an hour, so the run ends because of the cancellation.
    name: 'is cancelled, and ignores SIGTERM',
    cancelAfterMs: 700,
    timeoutSeconds: 3_600,
    module: `export default () => { for (;;); }`,
    shell: `trap '' TERM; while :; do sleep 1; done`,
    check({ observation }) {
      expect(observation.failure?.kind).toBe('CANCELLED')
    },
  },
  {
    name: 'is cancelled before it starts',
    cancelAfterMs: 0,
    module: `export default () => []`,
    shell: `exit 0`,
    check: ({ observation }) => expect(observation.failure?.kind).toBe('CANCELLED'),
  },
  {
    name: 'writes more than it may',
    maxOutputBytes: 1_000_000,
    timeoutSeconds: 30,
    module: `export default () => Array.from({ length: 20_000 }, () => ({ text: 'x'.repeat(100) }))`,
    shell: `yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx > $OSA_OUT/features.jsonl`,
    check: ({ observation }) => expect(observation.failure?.kind).toBe('INVALID_OUTPUT'),
  },
  {
    name: 'writes results for a record that was not its own',
    // A module's host writes the ids, so it has no such fault; it writes none at all here.
    module: `export default () => undefined`,
    shell: `echo '{"id":"z","features":[]}' > $OSA_OUT/features.jsonl`,
    check: ({ refusal, results }) => expect(refusal?.includes('"z" was not in the input') ?? results.length === 3).toBe(true),
  },
  {
    name: 'asks for a file that is not there',
    module: `export default ({ files }) => [{ text: files.text('none.txt') }]`,
    shell: eachRecord(`cat $OSA_FILES/$id/none.txt 2>/dev/null || printf '{"id":"%s","error":"no file"}\\n' $id >> $OSA_OUT/errors.jsonl`),
    check: (observed) => expect(outcomes(observed)).toEqual({ a: 'ERRORED', b: 'ERRORED', c: 'ERRORED' }),
  },
]
