import { expect } from 'vitest'
import { whyNothing, type Scenario } from './scenario.ts'

/** How an ingester comes to grief, and what a runner says of it. */
export const stopScenarios: readonly Scenario[] = [
  {
    name: 'crashes, and nothing that it pulled counts',
    module: `let calls = 0; export default () => { calls += 1; if (calls > 1) throw new Error('the source answered 500'); return { records: [{ source_id: 'a', metadata: {} }], session: 1 } }`,
    shell: `echo '{"source_id":"a","metadata":{}}' > $OSA_OUT/records.jsonl; echo the source answered 500 >&2; exit 3`,
    check([pull]) {
      expect(pull?.observation.failure).toMatchObject({
        kind: 'HOOK_EXIT',
        message: expect.stringMatching(/^The ingester .*the source answered 500/s),
      })
      expect(pull?.observation.exitCode).toBeGreaterThan(0)
    },
  },
  {
    name: 'takes too long',
    timeoutSeconds: 5,
    module: `export default () => { for (;;); }`,
    shell: `while :; do :; done`,
    check: ([pull]) => expect(pull?.observation).toMatchObject({ timedOut: true, failure: { kind: 'TIMEOUT' } }),
  },
  {
    name: 'needs more memory than it may have',
    memoryMebibytes: 96,
    module: `const kept = []; export default () => { for (;;) kept.push(Buffer.alloc(2 ** 20, 1)) }`,
    shell: `x=$(yes | tr -d '\\n' | head -c 300000000); echo \${#x}`,
    check: ([pull]) =>
      expect(pull?.observation).toMatchObject({
        oomKilled: true,
        failure: { kind: 'OOM', message: 'The ingester needed more than its 96 MiB of memory.' },
      }),
  },
  {
    name: 'is cancelled while it ignores SIGTERM, and does not live on for more than five seconds',
    timeoutSeconds: 3_600,
    cancelAt: 'alive at',
    module: `let last = 0; export default () => { for (;;) { const now = Math.floor(Date.now() / 1000); if (now !== last) console.log('alive at ' + now); last = now } }`,
    shell: `trap '' TERM; while :; do echo alive at $(date +%s); sleep 0.2; done`,
    check([pull]) {
      expect(pull?.observation.failure?.kind).toBe('CANCELLED')
      const last = [...(pull?.log ?? '').matchAll(/alive at (\d+)/g)].at(-1)?.[1]
      expect(Number(last) - (pull?.cancelledAt ?? 0) / 1_000).toBeLessThanOrEqual(5)
    },
  },
  {
    name: 'writes more than it may, in its files',
    maxOutputBytes: 1_000_000,
    module: `export default () => ({ done: true, records: [{ source_id: 'a', metadata: {}, files: [{ name: 'x', content: 'x'.repeat(2_000_000) }] }] })`,
    shell: `yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx > $OSA_FILES/x`,
    check: ([pull]) =>
      expect(pull?.observation.failure).toMatchObject({ kind: 'INVALID_OUTPUT', message: 'The ingester wrote more than 1000000 bytes.' }),
  },
  {
    name: 'ignores its limit',
    bounds: { limit: 2 },
    module: `export default () => ({ done: true, records: ['a', 'b', 'c'].map((id) => ({ source_id: id, metadata: {} })) })`,
    shell: `for id in a b c; do printf '{"source_id":"%s","metadata":{}}\\n' $id >> $OSA_OUT/records.jsonl; done`,
    check: ([pull]) => expect(pull && whyNothing(pull)).toMatch(/more than 2 lines|returned 3 records and was asked for 2 at most/),
  },
]
