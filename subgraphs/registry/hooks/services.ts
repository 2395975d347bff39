import type { RegistryQueries } from '@strata/domain/registry'

export type HookServices = Pick<RegistryQueries, 'hooks' | 'hookPage' | 'hookCount'>
