import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isContainerEngineInstalled } from '../../../test/support/container-engine.ts'
import { mebi, openOciBench, type OciBench } from '../../../test/support/oci-bench.ts'

describe.skipIf(!isContainerEngineInstalled())('an image', () => {
  let bench: OciBench
  beforeAll(async () => void (bench = await openOciBench()))
  afterAll(() => bench[Symbol.asyncDispose]())

  test.each(['/proc', '/proc/self', '/osa', '/osa/in', '/osa/out/x', '/sys/fs', '/dev/shm', '/work/../proc/1', '//proc'])(
    'with the working directory %s is refused before it starts',
    async (WorkingDir) => {
      const done = await bench.run(await bench.images.push({ Cmd: ['echo', 'up'], WorkingDir }))
      expect(done.failure).toMatchObject({ kind: 'CONFIG', message: expect.stringMatching(/WORKDIR is "\/(proc|osa|sys|dev)/) })
      expect(done.artifact).toBeUndefined()
    },
  )

  test.each(['/work', '/process', '/osa2', '/tmp/x', '/bin'])('may use the working directory %s', async (WorkingDir) => {
    const done = await bench.run(await bench.images.push({ Cmd: ['/bin/sh', '-c', 'pwd'], WorkingDir }))
    expect(done.failure).toBeUndefined()
    expect(done.text).toBe(`${WorkingDir}\n`)
  })

  test('whose program is missing, is a directory or is not executable is detected by inspecting the container', async () => {
    for (const Cmd of [['/bin/missing'], ['missing'], ['/bin'], ['./sh']]) {
      const done = await bench.run(await bench.images.push({ Cmd }))
      expect(done.failure).toMatchObject({ kind: 'CONFIG', message: expect.stringContaining(`"${Cmd[0]}" is not in the image`) })
      expect(done.artifact).toBeUndefined()
    }
    expect((await bench.run(await bench.images.push({ Cmd: ['./sh', '-c', 'echo up'], WorkingDir: '/bin' }))).text).toBe('up\n')
  })

  test.each([
    'echo "[FATAL tini (7)] exec /bin/x failed: No such file or directory"; exit 127',
    'echo "[FATAL tini (7)] exec /bin/x failed: Permission denied" >&2; exit 126',
    'echo "ERROR (catatonit:2): failed to exec pid1: No such file or directory"; exit 1',
    'echo "OCI runtime create failed: exec: \\"x\\": executable file not found in $PATH"; exit 128',
  ])('that prints an engine’s error message is still blamed itself: %s', async (script) => {
    const done = await bench.run(await bench.images.shell(script))
    expect(done.failure).toMatchObject({ kind: 'HOOK_EXIT' })
  })

  test('may use the system calls that a hook needs and no others', async () => {
    const image = await bench.images.python(`
import ctypes, errno, socket, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)
def call(name, number, *args):
    done = libc.syscall(number, *args)
    print(name, 'ok' if done >= 0 else errno.errorcode[ctypes.get_errno()])
def family(name, number):
    try: socket.socket(number, socket.SOCK_STREAM).close(); print(name, 'ok')
    except OSError as e: print(name, errno.errorcode[e.errno])
call('io_uring_setup', 425, 1, ctypes.create_string_buffer(256))
call('io_uring_enter', 426, 0, 0, 0, 0, 0, 0)
call('userfaultfd', 323, 0)
call('keyctl', 250, 0, 0)
call('bpf', 321, 0, 0, 0)
call('perf_event_open', 298, 0, 0, 0, 0, 0)
call('unshare', 272, 0x10000000)
call('ptrace', 101, 0, 0, 0, 0)
family('AF_VSOCK', 40)
family('AF_ALG', 38)
family('AF_UNIX', 1)
family('AF_INET', 2)
a, b = socket.socketpair(); a.send(b'x'); print('pair', b.recv(1) == b'x')
t = threading.Thread(target=lambda: print('thread ok')); t.start(); t.join()
print('child', subprocess.run(['/usr/bin/python3', '-c', 'print(1)'], capture_output=True).stdout)
`)
    const done = await bench.run(image, { memoryBytes: 128 * mebi })
    expect(done.failure).toBeUndefined()
    expect(done.text.trim().split('\n')).toEqual([
      'io_uring_setup EPERM',
      'io_uring_enter EPERM',
      'userfaultfd EPERM',
      'keyctl EPERM',
      'bpf EPERM',
      'perf_event_open EPERM',
      'unshare EPERM',
      'ptrace EPERM',
      'AF_VSOCK EPERM',
      'AF_ALG EPERM',
      'AF_UNIX ok',
      'AF_INET ok',
      'pair True',
      'thread ok',
      "child b'1\\n'",
    ])
    expect(done.isolation).toContain('seccomp')
  })
})
