import { expect } from 'vitest'
import { programUser } from '@strata/domain/run'
import { eachRecord, reportFound, rowsOf, type Scenario } from './scenario.ts'

/** What a hook must not be able to do. Each tries and reports what it found; `denied` is the right answer. */
export const wallScenarios: readonly Scenario[] = [
  {
    name: 'cannot reach the network',
    records: ['a'],
    module: `export default async () => [{ text: await fetch('http://127.0.0.1:PORT/').then(() => 'reached', () => 'denied') }]`,
    shell: eachRecord(`found=denied; wget -q -T 2 -O - http://127.0.0.1:PORT/ >/dev/null 2>&1 && found=reached; ${reportFound}`),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([['denied', null]]),
  },
  {
    name: 'cannot read the files of the worker',
    records: ['a'],
    module: `export default async ({ files }) => {
      const tries = ['SECRET', '../../../../../../../../etc/passwd', '/etc/shadow', '../b/x', '/proc/1/environ', '/proc/self/environ']
      for (const path of tries) { try { files.text(path); return [{ text: 'read ' + path }] } catch {} }
      return [{ text: 'denied' }] }`,
    shell: eachRecord(
      `found=denied; for path in SECRET /etc/shadow; do cat $path >/dev/null 2>&1 && found="read $path"; done; ${reportFound}`,
    ),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([['denied', null]]),
  },
  {
    name: 'has no more than the contract in its environment',
    records: ['a'],
    module: `export default () => [{ text: Object.keys(globalThis['process'].env).sort().join(' ') }]`,
    // An image and its shell set PATH, HOME and the like themselves; a cluster sets names that can only be emptied.
    shell: eachRecord(
      `found=$(env | grep -v '^KUBERNETES_[A-Z0-9_]*=$' | sed 's/=.*//' | grep -vE '^(PATH|HOME|HOSTNAME|PWD|OLDPWD|SHLVL|TERM|_|id|found)$' | sort | tr '\\n' ' ' | sed 's/ $//'); ${reportFound}`,
    ),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([['OSA_FILES OSA_HOOK_NAME OSA_IN OSA_OUT', null]]),
  },
  {
    name: 'cannot change its input or the files of its records',
    records: ['a'],
    files: { 'a/atoms.txt': 'carbon' },
    module: `export default async ({ files }) => { try { await import('node:fs'); return [{ text: 'imported' }] } catch { return [{ text: 'denied' }] } }`,
    shell: eachRecord(
      `found=denied; for path in $OSA_IN/records.jsonl $OSA_FILES/$id/atoms.txt $OSA_FILES/new; do (echo x >> $path) 2>/dev/null && found="wrote $path"; done; ${reportFound}`,
    ),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([['denied', null]]),
  },
  {
    name: `is the user ${programUser} and has no way up`,
    records: ['a'],
    // A module cannot even ask.
    module: `export default () => [{ text: '${programUser}' + typeof process.getuid }]`,
    shell: eachRecord(`found=$(id -u)undefined; ${reportFound}`),
    check: (observed) => expect(rowsOf(observed, 'a')).toEqual([[`${programUser}undefined`, null]]),
  },
  {
    name: 'leaves a link among its output, and it is not followed',
    records: ['a'],
    // A module cannot make one.
    module: `export default async () => { await import('node:fs/promises') }`,
    shell: `ln -s SECRET $OSA_OUT/features.jsonl`,
    check({ refusal, results }) {
      expect(refusal?.includes('symbolic link') ?? results[0]?.outcome.status === 'ERRORED').toBe(true)
    },
  },
]
