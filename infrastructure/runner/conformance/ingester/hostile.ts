import { expect } from 'vitest'
import { metadataOf, reportRecord, statuses, whyNothing, type Scenario } from './scenario.ts'

/** What an ingester must not be able to do, and output that is not to be trusted. */
export const hostileScenarios: readonly Scenario[] = [
  {
    name: 'cannot reach the network, and is told that no hosts are allowed',
    module: `export default async ({ fetch }) => {
      const tried = []
      for (const get of [fetch, globalThis.fetch]) tried.push(await get('http://127.0.0.1:PORT/').then(() => 'reached', (error) => error.message))
      return { done: true, records: [{ source_id: 'a', metadata: { tried } }] } }`,
    shell: `said='this ingester may not reach the network: no hosts are allowed'
      wget -q -T 2 -O - http://127.0.0.1:PORT/ >/dev/null 2>&1 && said=reached; metadata="{\\"tried\\":[\\"$said\\",\\"$said\\"]}"; ${reportRecord('a')}`,
    check: ([pull]) =>
      expect(pull && metadataOf(pull, 'a')).toEqual({
        tried: Array(2).fill('this ingester may not reach the network: no hosts are allowed'),
      }),
  },
  {
    name: 'fails for want of a network, and its failure says why there is none',
    module: `export default async ({ fetch }) => { await fetch('http://127.0.0.1:PORT/') }`,
    shell: `wget -q -T 2 -O - http://127.0.0.1:PORT/ || { echo 'network is unreachable' >&2; exit 1; }`,
    check: ([pull]) =>
      expect(pull?.observation.failure).toMatchObject({
        kind: 'HOOK_EXIT',
        message: expect.stringMatching(/his ingester may not reach the network: no hosts are allowed/),
      }),
  },
  {
    name: 'has no more than the contract in its environment',
    bounds: { limit: 1, since: new Date(0) },
    module: `export default () => ({ done: true, records: [{ source_id: 'a', metadata: { env: Object.keys(globalThis['process'].env).sort().join(' ') } }] })`,
    shell: `env=$(env | grep -v '^KUBERNETES_[A-Z0-9_]*=$' | sed 's/=.*//' | grep -vE '^(PATH|HOME|HOSTNAME|PWD|OLDPWD|SHLVL|TERM|_)$' | sort | tr '\\n' ' ' | sed 's/ $//')
      metadata="{\\"env\\":\\"$env\\"}"; ${reportRecord('a')}`,
    check: ([pull]) => expect(pull && metadataOf(pull, 'a')).toEqual({ env: 'OSA_FILES OSA_IN OSA_LIMIT OSA_OUT OSA_SINCE' }),
  },
  {
    name: 'cannot read the files of the worker or change its input',
    config: { level: 7 },
    module: `export default async ({ config }) => {
      let found = 'denied'
      for (const name of ['node:fs', 'node:child_process', 'node:net']) { try { await import(name); found = 'imported ' + name } catch {} }
      config.level = 8
      return { done: true, records: [{ source_id: 'a', metadata: { found } }] } }`,
    shell: `found=denied; for path in SECRET /etc/shadow; do cat $path >/dev/null 2>&1 && found="read $path"; done
      for path in $OSA_IN/config.json $OSA_IN/new; do (echo x >> $path) 2>/dev/null && found="wrote $path"; done
      metadata="{\\"found\\":\\"$found\\"}"; ${reportRecord('a')}`,
    check: ([pull]) => expect(pull && metadataOf(pull, 'a')).toEqual({ found: 'denied' }),
  },
  {
    name: 'writes a key that means a prototype, and nothing of it is used',
    module: `export default () => ({ done: true, records: [
      { source_id: 'a', metadata: {} }, { source_id: 'b', metadata: JSON.parse('{"__proto__":{"x":1}}') }] })`,
    shell: `metadata='{}'; ${reportRecord('a')}; metadata='{"__proto__":{"x":1}}'; ${reportRecord('b')}`,
    check: ([pull]) => expect(pull).toMatchObject({ records: [], refusal: 'records.jsonl, line 2: the key "__proto__" is not allowed.' }),
  },
  {
    name: 'names a record with control characters',
    module: `export default () => ({ done: true, records: [{ source_id: 'a\\n', metadata: {} }] })`,
    shell: `echo '{"source_id":"a\\n","metadata":{}}' > $OSA_OUT/records.jsonl`,
    check: ([pull]) => expect(pull && whyNothing(pull)).toBe('records.jsonl, line 1: its "source_id" contains control characters.'),
  },
  {
    name: 'lists a file outside of the folder of its record, which costs only that record',
    module: `export default () => ({ done: true, records: [
      { source_id: 'a', metadata: {}, files: [{ name: '../b/x', content: 'of b' }] }, { source_id: 'b', metadata: {}, files: [{ name: 'x', content: 'x' }] }] })`,
    shell: `mkdir $OSA_FILES/b; echo x > $OSA_FILES/b/x
      echo '{"source_id":"a","metadata":{},"files":[{"name":"x","relative_path":"a/../b/x"}]}' > $OSA_OUT/records.jsonl
      echo '{"source_id":"b","metadata":{},"files":[{"name":"x","relative_path":"b/x"}]}' >> $OSA_OUT/records.jsonl`,
    check([pull]) {
      expect(pull && statuses(pull)).toEqual({ a: 'invalid', b: 'present' })
      expect(Object.keys(pull?.texts ?? {})).toEqual(['b/x'])
    },
  },
  {
    name: 'leaves links among its files, and none is followed',
    // A module can make none.
    module: `export default () => ({ done: true, records: [
      { source_id: 'a', metadata: {}, files: [{ name: '.', content: '' }] }, { source_id: 'b', metadata: {}, files: [{ name: '..', content: '' }] }, { source_id: '..', metadata: {} }] })`,
    shell: `mkdir $OSA_FILES/a $OSA_FILES/c; ln -s SECRET $OSA_FILES/a/x; ln -s c $OSA_FILES/b; echo x > $OSA_FILES/c/x
      for id in a b; do printf '{"source_id":"%s","metadata":{},"files":[{"name":"x","relative_path":"%s/x"}]}\\n' $id $id >> $OSA_OUT/records.jsonl; done
      metadata='{}'; ${reportRecord('..')}`,
    check: ([pull]) => expect(pull && statuses(pull)).toEqual({ a: 'invalid', b: 'invalid', '..': 'present' }),
  },
  {
    name: 'leaves a link for its session, and it is not followed',
    // A module can make none.
    module: `export default async () => { await import('node:fs/promises') }`,
    shell: `ln -s SECRET $OSA_OUT/session.json`,
    check: ([pull]) => expect(pull && whyNothing(pull)).toMatch(/symbolic link|may not import/),
  },
]
