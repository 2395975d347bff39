import { registerHooks } from 'node:module'
import nodeProcess from 'node:process'
import { allowedModules } from './allowed-modules.ts'

/**
 * Takes from the realm what a hook has no use for, before the hook is loaded. The walls are the permission model and the
 * namespaces around this process; this keeps a hook off the files of other records and off signals, and its mistakes visible.
 */
export function lockDown(hookUrl: string): void {
  const allowed = new Set(allowedModules)
  const has = Set.prototype.has.bind(allowed)
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === hookUrl || has(specifier)) return next(specifier, context)
      throw new Error(`a hook may not import ${JSON.stringify(`${specifier}`.slice(0, 200))}; allowed are ${allowedModules.join(', ')}`)
    },
  })
  const { version, versions, platform, arch, env } = nodeProcess
  const standIn = Object.freeze({
    version,
    versions,
    platform,
    arch,
    argv: Object.freeze([]),
    env: Object.freeze({ ...env }),
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args)),
    uptime: () => performance.now() / 1000,
  })
  Object.defineProperty(globalThis, 'process', { value: standIn, writable: false, configurable: false })
  // Node's own code shares these objects with anybody who gets hold of the real process.
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'binding', '_linkedBinding', 'dlopen', 'getBuiltinModule', 'abort', 'report', 'execve']) {
    Reflect.deleteProperty(nodeProcess, name)
  }
}
