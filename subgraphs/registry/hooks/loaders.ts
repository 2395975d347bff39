import DataLoader from 'dataloader'
import type { HookServices } from './services.ts'

export function hookLoaders(hooks: HookServices) {
  return { hook: new DataLoader((names: readonly string[]) => hooks.hooks(names)) }
}
