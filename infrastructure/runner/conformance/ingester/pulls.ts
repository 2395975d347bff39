import { expect } from 'vitest'
import { metadataOf, reportRecord, statuses, type Scenario } from './scenario.ts'

const since = new Date('2026-01-02T03:04:05.678Z')

/** What an ingester pulls, and what is made of it. */
export const pullScenarios: readonly Scenario[] = [
  {
    name: 'pulls two batches, the second from where the first stopped',
    pulls: 2,
    bounds: { limit: 2 },
    module: `export default async function ingest({ session, limit }) {
      const from = session?.next ?? 0
      const records = ['a', 'b', 'c', 'd'].slice(from, from + limit).map((id) => ({
        source_id: id, metadata: { title: id }, files: [{ name: 'x.txt', content: 'file of ' + id }] }))
      return { records, session: { next: from + limit }, done: from + limit >= 4 } }`,
    shell: `if [ -f $OSA_IN/session.json ]; then ids='c d'; next=4; : > $OSA_OUT/done; else ids='a b'; next=2; fi
      for id in $ids; do
        mkdir $OSA_FILES/$id; printf 'file of %s' $id > $OSA_FILES/$id/x.txt
        printf '{"source_id":"%s","metadata":{"title":"%s"},"files":[{"name":"x.txt","relative_path":"%s/x.txt","size_mb":0.1}]}\\n' $id $id $id >> $OSA_OUT/records.jsonl
      done
      echo "{\\"next\\":$next}" > $OSA_OUT/session.json`,
    check([first, second]) {
      expect(first?.observation).toMatchObject({ exitCode: 0, oomKilled: false, timedOut: false })
      expect(first?.observation.failure).toBeUndefined()
      expect(first?.observation.artifact?.digest).toMatch(/^sha256:/)
      expect(first?.records.map(({ sourceId, status }) => `${sourceId} ${status}`)).toEqual(['a present', 'b present'])
      expect(first?.texts).toEqual({ 'a/x.txt': 'file of a', 'b/x.txt': 'file of b' })
      expect(first?.end).toEqual({ session: { next: 2 }, done: false })
      expect(second?.records).toMatchObject([
        { sourceId: 'c', metadata: { title: 'c' }, files: [{ name: 'x.txt', path: 'c/x.txt', bytes: 9 }] },
        { sourceId: 'd' },
      ])
      expect(second?.end).toEqual({ session: { next: 4 }, done: true })
    },
  },
  {
    name: 'finds nothing, and has no session to keep',
    module: `export default () => ({ records: [], done: true })`,
    shell: `exit 0`,
    check: ([pull]) => expect(pull).toMatchObject({ records: [], end: { done: true }, refusal: undefined }),
  },
  {
    name: 'takes several steps for one batch',
    bounds: { limit: 3 },
    // A module is called again until the batch is full.
    module: `export default ({ session, limit }) => {
      const n = session ?? 0
      return { records: [{ source_id: 'r' + n, metadata: { limit } }], session: n + 1 } }`,
    shell: `for n in 0 1 2; do printf '{"source_id":"r%s","metadata":{"limit":%s}}\\n' $n $((OSA_LIMIT - n)) >> $OSA_OUT/records.jsonl; done
      echo 3 > $OSA_OUT/session.json`,
    check([pull]) {
      expect(pull?.records).toMatchObject([0, 1, 2].map((n) => ({ sourceId: `r${n}`, metadata: { limit: 3 - n } })))
      expect(pull?.end).toEqual({ session: 3, done: false })
    },
  },
  {
    name: 'says what was deleted upstream, and what it pulled twice',
    module: `export default () => ({ done: true, records: [
      { source_id: 'a', deleted: true }, { source_id: 'b', metadata: { n: 1 } }, { source_id: 'b', metadata: { n: 2 } }] })`,
    shell: `echo '{"source_id":"a","deleted":true}' > $OSA_OUT/records.jsonl; for metadata in '{"n":1}' '{"n":2}'; do ${reportRecord('b')}; done`,
    check([pull]) {
      expect(pull?.records.map(({ sourceId, status }) => `${sourceId} ${status}`)).toEqual(['a deleted', 'b present', 'b repeated'])
      expect(pull && metadataOf(pull, 'b')).toEqual({ n: 1 })
    },
  },
  {
    name: 'is given its config, its limit and since when',
    config: { source: 'local' },
    bounds: { limit: 5, since },
    module: `export default ({ config, limit, since }) => ({ done: true, records: [{ source_id: 'a', metadata: { config, limit, since } }] })`,
    shell: `metadata="{\\"config\\":$(cat $OSA_IN/config.json),\\"limit\\":$OSA_LIMIT,\\"since\\":\\"$OSA_SINCE\\"}"; ${reportRecord('a')}`,
    check: ([pull]) =>
      expect(pull && metadataOf(pull, 'a')).toEqual({ config: { source: 'local' }, limit: 5, since: '2026-01-02T03:04:05.678Z' }),
  },
  {
    name: 'brings bytes as they are, also of a record whose id cannot be the name of a folder',
    module: `export default () => ({ done: true, records: [
      { source_id: '10.1/x%', metadata: {}, files: [{ name: 'x.bin', content: new Uint8Array([0, 255, 10]) }, { name: 'empty', content: '' }] }] })`,
    shell: `mkdir $OSA_FILES/10.1%2Fx%25; printf '\\000\\377\\n' > $OSA_FILES/10.1%2Fx%25/x.bin; : > $OSA_FILES/10.1%2Fx%25/empty
      printf '%s\\n' '{"source_id":"10.1/x%","metadata":{},"files":[{"name":"x.bin","relative_path":"10.1%2Fx%25/x.bin"},{"name":"empty","relative_path":"10.1%2Fx%25/empty"}]}' > $OSA_OUT/records.jsonl`,
    check([pull]) {
      expect(pull && statuses(pull)).toEqual({ '10.1/x%': 'present' })
      expect(pull?.texts).toEqual({ '10.1%2Fx%25/x.bin': '\0\u00ff\n', '10.1%2Fx%25/empty': '' })
    },
  },
  {
    name: 'prints, and what it printed is kept and followed',
    module: `console.log('to out'); console.error('to err'); export default () => ({ records: [], done: true })`,
    shell: `echo to out; echo to err >&2`,
    check([pull]) {
      expect(pull?.log).toContain('to out\n')
      expect(pull?.log).toContain('to err\n')
      expect(pull?.followed).toBe(pull?.log)
    },
  },
]
