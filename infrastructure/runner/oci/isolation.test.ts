import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { mebi, openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'

describe.skipIf(!isContainerEngineInstalled())('a hook in a container', () => {
  let bench: OciBench
  beforeAll(async () => {
    bench = await openOciBench()
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  const shell = async (script: string, more?: Parameters<OciBench['job']>[1]) => bench.run(await bench.images.shell(script), more)

  test('reads its records and files and writes its features', async () => {
    const image = await bench.images.shell('cat $OSA_IN/records.jsonl $OSA_FILES/a/x.txt > $OSA_OUT/features.jsonl')
    const job = await bench.job(image)
    await mkdir(join(job.filesDir, 'a'))
    await writeFile(join(job.filesDir, 'a/x.txt'), 'content')
    const done = await bench.run(image, job)
    expect(done).toMatchObject({ exitCode: 0, oomKilled: false, timedOut: false, artifact: { type: 'oci', ...image } })
    expect(done.failure).toBeUndefined()
    expect(await done.wrote('features.jsonl')).toMatch(/^\{"id":"a".*content$/s)
  })

  test('is nobody, without capabilities, privileges or system calls to spare', async () => {
    const { text } = await shell('id; cat /proc/self/status; env')
    expect(text).toMatch(/^uid=65534 gid=65534 groups=65534\n/)
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) expect(text).toContain(`${set}:\t0000000000000000\n`)
    expect(text).toContain('NoNewPrivs:\t1\n')
    expect(text).toContain('Seccomp:\t2\n')
    const own = text
      .split('\n')
      .filter((line) => line.startsWith('OSA_'))
      .sort()
    expect(own).toEqual(['OSA_FILES=/osa/files', 'OSA_HOOK_NAME=test_hook', 'OSA_IN=/osa/in', 'OSA_OUT=/osa/out'])
  })

  test('is nobody also when its image says root', async () => {
    const image = await bench.images.push({ Cmd: ['id', '-u'], User: '0:0' })
    expect((await bench.run(image)).text).toBe('65534\n')
  })

  test('has no network but its own loopback', async () => {
    const [host, port] = bench.registry.host.split(':')
    const { text } = await shell(
      `exec 2>&1; cat /proc/net/dev; nc -w 2 ${host} ${port} </dev/null || echo no registry; nc -w 2 192.0.2.1 80 </dev/null || echo no world`,
    )
    expect(text.match(/\w+(?=:)/g)).toEqual(['lo', 'nc', 'nc'])
    expect(text).toMatch(/Connection refused\nno registry\n.*unreachable\nno world\n$/)
  })

  test('writes nowhere but to its output and a small /tmp, from which nothing can be executed', async () => {
    const { text } = await shell(`exec 2>&1
      for d in / /bin /osa /osa/in /osa/files /var /dev /sys/fs/cgroup /tmp /osa/out; do (: > $d/x) 2>/dev/null && echo $d; done
      cp /bin/busybox /tmp/sh; /tmp/sh true || echo noexec`)
    expect(text).toMatch(/^\/tmp\n\/osa\/out\n.*Permission denied\nnoexec\n$/)
  })

  test('cannot become more than a bounded number of processes', async () => {
    const done = await shell('i=0; while [ $i -lt 400 ]; do sleep 30 & i=$((i+1)); done; echo all of them')
    expect(done.text).toMatch(/can't fork/)
    expect(done.text).not.toContain('all of them')
    expect(done.failure?.kind).toBe('HOOK_EXIT')
  })

  test('takes along what it started when it ends', async () => {
    const done = await shell('(setsid sh -c "sleep 2; echo late > $OSA_OUT/late" &) ; echo early > $OSA_OUT/early')
    expect(done.failure).toBeUndefined()
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(await done.wrote('early')).toBe('early\n')
    expect(await done.wrote('late')).toBeUndefined()
  })

  test('is stopped when it writes more than it may, in one file or in many', async () => {
    const flood = 'while true; do dd if=/dev/zero of=$OSA_OUT/$i bs=1M count=2 2>/dev/null; i=x$i; done'
    for (const script of [
      flood,
      'yes > $OSA_OUT/features.jsonl',
      'mkdir $OSA_OUT/d; dd if=/dev/zero of=$OSA_OUT/d/x bs=1M count=20; sleep 3600',
    ]) {
      const done = await shell(script, { maxOutputBytes: 4 * mebi })
      expect(done.failure).toMatchObject({ kind: 'INVALID_OUTPUT', message: 'The hook wrote more than 4194304 bytes.' })
    }
  })

  test('is found out when the excess was its last act', async () => {
    const done = await shell('dd if=/dev/zero of=$OSA_OUT/x bs=1M count=5', { maxOutputBytes: 4 * mebi })
    expect(done).toMatchObject({ exitCode: 0, failure: { kind: 'INVALID_OUTPUT' } })
  })

  test('is stopped when it makes files without end', async () => {
    const done = await shell('i=0; while true; do : > $OSA_OUT/$i; i=$((i+1)); done')
    expect(done.failure).toMatchObject({ kind: 'INVALID_OUTPUT', message: expect.stringContaining('more than 1000 files') })
  })

  test('may leave links, pipes and hidden directories, which hurt nobody', async () => {
    const done = await shell(
      'cd $OSA_OUT; ln -s /etc/shadow features.jsonl; ln -s / root; mkfifo errors.jsonl; mknod dev b 8 0 || echo no device; mkdir h; : > h/x; chmod 0 h; ln -s /proc/self/fd loop',
    )
    expect(done.failure).toBeUndefined()
    expect(done.text).toContain('no device')
  })

  test('sees a link in its input as what it is inside', async () => {
    const image = await bench.images.shell('cat $OSA_IN/secret')
    const job = await bench.job(image)
    await symlink('/etc/hostname', join(job.filesDir, 'secret'))
    expect((await bench.run(image, job)).exitCode).toBe(1)
  })

  test('has its whole log kept, both streams in order, and followed live', async () => {
    const image = await bench.images.shell('for i in $(seq 2000); do echo out $i; echo err $i >&2; done; exit 3')
    const live: Uint8Array[] = []
    const done = await bench.run(image, {}, { signal: new AbortController().signal, onLog: (chunk) => live.push(chunk) })
    const lines = done.text.trimEnd().split('\n')
    expect(lines).toHaveLength(4000)
    expect(lines.filter((line) => line.startsWith('out')).at(-1)).toBe('out 2000')
    expect(Buffer.concat(live).toString()).toBe(done.text)
    expect(done).toMatchObject({ exitCode: 3, log: { bytes: done.text.length, truncated: false }, failure: { kind: 'HOOK_EXIT' } })
  })

  test('may print without end: the log ends where it must and the hook goes on', async () => {
    const done = await shell('yes | head -c 20000000; echo done > $OSA_OUT/x', { maxLogBytes: 10_000 })
    expect(done.log).toEqual({ bytes: 10_000, truncated: true })
    expect(done.text).toHaveLength(10_000)
    expect(await done.wrote('x')).toBe('done\n')
  })

  test('can be Python', async () => {
    const image = await bench.images.python(`
import json, multiprocessing, os
records = [json.loads(line) for line in open(os.environ['OSA_IN'] + '/records.jsonl')]
with multiprocessing.Pool(2) as pool: lengths = pool.map(len, [record['id'] for record in records])
with open(os.environ['OSA_OUT'] + '/features.jsonl', 'w') as out:
    for record, length in zip(records, lengths): out.write(json.dumps({'id': record['id'], 'features': [{'length': length}]}) + '\\n')
`)
    const done = await bench.run(image, { memoryBytes: 128 * mebi })
    expect(done.failure).toBeUndefined()
    expect(await done.wrote('features.jsonl')).toBe('{"id": "a", "features": [{"length": 1}]}\n{"id": "b", "features": [{"length": 1}]}\n')
  })
})
