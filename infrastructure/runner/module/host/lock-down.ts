import crypto from 'node:crypto'
import { EventEmitter } from 'node:events'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
import nodeProcess from 'node:process'
import util from 'node:util'
import zlib from 'node:zlib'
import { allowedModules } from './allowed-modules.ts'
import { quietConsole } from './quiet-console.ts'

/**
 * Removes from the realm what a program does not need, before the program is loaded. This is hygiene, not a wall. The walls are the worker's end
 * of the channel, the permission model and the namespaces around this process. A program that gets past this finds a process that can open no
 * file and can answer only for what it was given.
 */
export function lockDown(programUrl: string, kind: Kind): void {
  guardImports(programUrl, kind)
  narrowModules()
  const console = quietConsole()
  const standIn = standInForProcess()
  severProcess()
  set('console', console)
  set('process', standIn)
  set('fetch', fetchOf[kind])
  for (const name of withoutUse) Reflect.deleteProperty(globalThis, name)
  // Response loads the HTTP client, which registers itself under these names.
  for (const version of ['1', '2']) {
    Object.defineProperty(globalThis, Symbol.for(`undici.globalDispatcher.${version}`), {
      value: Object.freeze(Object.create(null)),
      writable: false,
      configurable: false,
    })
  }
}

function guardImports(programUrl: string, kind: Kind): void {
  const has = Set.prototype.has.bind(new Set(allowedModules))
  const allowed = allowedModules.join(', ')
  const who = kind === 'hook' ? 'a hook' : 'an ingester'
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === programUrl || has(specifier)) return next(specifier, context)
      throw new Error(`${who} may not import ${JSON.stringify(`${specifier}`.slice(0, 200))}; allowed are ${allowed}`)
    },
  })
}

/** Members of allowed modules that open files, load libraries or listen to signals. */
function narrowModules(): void {
  for (const name of ['ZipFile', 'zipFiles']) Reflect.deleteProperty(zlib, name)
  Reflect.deleteProperty(crypto, 'setEngine')
  Reflect.deleteProperty(util, 'setTraceSigInt')
  syncBuiltinESMExports()
}

/** Globals that reach the network, files or other threads. None of them would work here. */
const withoutUse = [
  'WebSocket',
  'EventSource',
  'BroadcastChannel',
  'localStorage',
  'sessionStorage',
  'Storage',
  'navigator',
  'Navigator',
  'Request',
]

type Kind = 'hook' | 'ingester'

/** What a program gets as `fetch`. No hosts can be allowed yet, so an ingester has no network either. */
export const fetchOf: { readonly [K in Kind]: () => Promise<never> } = {
  hook: async () => {
    throw new TypeError('a hook has no network; what it needs is in its record, its files and its config')
  },
  ingester: async () => {
    throw new TypeError('this ingester may not reach the network: no hosts are allowed')
  },
}

function set(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: false, configurable: false })
}

function standInForProcess(): object {
  const { version, versions, platform, arch, env } = nodeProcess
  return Object.freeze({
    version,
    versions,
    platform,
    arch,
    argv: Object.freeze([]),
    env: Object.freeze({ ...env }),
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args)),
    uptime: () => performance.now() / 1000,
  })
}

/** The properties of the process that Node's own code uses later, besides its events. */
const needed = new Set<string | symbol>([
  'version',
  'versions',
  'arch',
  'platform',
  'release',
  'argv',
  'execArgv',
  'env',
  'pid',
  'title',
  'features',
  'exitCode',
  'emitWarning',
  'nextTick',
  'cwd',
  'hrtime',
  'memoryUsage',
  'reallyExit',
  'exit',
  '_exiting',
  '_fatalException',
  '_tickCallback',
  '_events',
  '_eventsCount',
  '_maxListeners',
])

/**
 * Node's own code uses inherited properties of the process, and a program may change the prototypes. An `emit` that it puts on
 * EventEmitter.prototype, or a getter on Object.prototype, would receive the process. So the process gets a prototype chain that a program
 * cannot reach, and keeps few properties.
 */
function severProcess(): void {
  const events: object = Object.create(null, Object.getOwnPropertyDescriptors(EventEmitter.prototype))
  Object.setPrototypeOf(nodeProcess, Object.freeze(events))
  for (const name of Reflect.ownKeys(nodeProcess))
    if (typeof name === 'string' && !needed.has(name)) Reflect.deleteProperty(nodeProcess, name)
}
