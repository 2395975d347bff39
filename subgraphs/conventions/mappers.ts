import type { Convention, HookOutcome, Schema } from '@strata/domain/convention'
import type { Connection } from '../server/connection.ts'

/** What each type is in a resolver's hands before GraphQL asks for its fields. */
export type ConventionModel = Convention
export type SchemaModel = Schema
export type ConventionConnectionModel = Connection<Convention>
export type ReleaseOutcomeModel = HookOutcome
export type HookModel = { readonly name: string; readonly live?: HookReleaseModel | null }
/** `isLive` where it is of the moment of a deploy; elsewhere the registry says it. */
export type HookReleaseModel = { readonly id: string; readonly isLive?: boolean }
