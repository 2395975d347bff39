import { expect, test } from 'vitest'
import { classifyEnd, type ProcessEnd } from './classify-end.ts'

const at = (stage: ProcessEnd['progress']['stage'], unusable?: string) => ({
  stage,
  at: stage === 'working' ? 'record a' : undefined,
  unusable,
  threw: undefined,
})
const end = (more: Partial<ProcessEnd>): ProcessEnd => ({
  kind: 'hook',
  exitCode: undefined,
  signal: undefined,
  stopped: undefined,
  oomKilled: false,
  progress: at('working'),
  logTail: '',
  memoryBytes: 2 ** 26,
  timeoutSeconds: 5,
  ...more,
})
const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'

test.each([
  ['an end as it should be', { exitCode: 0, progress: at('done') }, undefined],
  ['an exit with 0 before each record was answered', { exitCode: 0 }, 'HOOK_EXIT'],
  ['another exit after each record was answered', { exitCode: 1, progress: at('done') }, 'HOOK_EXIT'],
  ['killed for memory by the kernel', { signal: 'SIGKILL', oomKilled: true }, 'OOM'],
  ['killed for memory, told as an exit', { exitCode: 137, oomKilled: true }, 'OOM'],
  ['out of heap by signal', { signal: 'SIGABRT', logTail: heap }, 'OOM'],
  ['out of heap by exit', { exitCode: 134, logTail: heap }, 'OOM'],
  ['out of heap as the first process of its namespace', { exitCode: 139, logTail: heap }, 'OOM'],
  ['out of heap, and the signal seen', { signal: 'SIGSEGV', logTail: heap }, 'OOM'],
  ['words of memory in a log of something else', { exitCode: 86, logTail: heap }, 'HOOK_EXIT'],
  ['a crash of the engine', { exitCode: 139 }, 'HOOK_EXIT'],
  ['any exit of its own, whatever it is', { exitCode: 125 }, 'HOOK_EXIT'],
  ['stopped for time', { signal: 'SIGKILL', stopped: { why: 'timeout' } }, 'TIMEOUT'],
  ['stopped for time, while the kernel killed too', { signal: 'SIGKILL', stopped: { why: 'timeout' }, oomKilled: true }, 'TIMEOUT'],
  ['stopped by the watch over memory', { signal: 'SIGKILL', stopped: { why: 'memory' } }, 'OOM'],
  ['cancelled', { signal: 'SIGKILL', stopped: { why: 'cancelled' } }, 'CANCELLED'],
  ['stopped for its output', { signal: 'SIGKILL', stopped: { why: 'output', excess: 'Too much.' } }, 'INVALID_OUTPUT'],
  ['stopped for what it said', { signal: 'SIGKILL', stopped: { why: 'broken', how: 'it lied' } }, 'HOOK_EXIT'],
  ['no hook in the module', { exitCode: 87, progress: at('loading', 'No function.') }, 'CONFIG'],
  ['killed by nobody we know', { signal: 'SIGKILL' }, 'RUNTIME'],
  ['no start', { exitCode: 125, progress: at('starting') }, 'RUNTIME'],
  ['no start of Node', { exitCode: 1, logTail: 'mount: permission denied', progress: at('starting') }, 'RUNTIME'],
] as const)('%s', (_, more, kind) => {
  expect(classifyEnd(end(more))?.kind).toBe(kind)
})
