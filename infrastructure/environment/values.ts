import type { z } from 'zod'
import type { settings, SettingName } from './settings.ts'

/** The values of all settings by variable. Settings without a default may be undefined. */
export type Values = { readonly [Name in SettingName]: Value<Name> }

type Parsed<S> = S extends { shape: infer Shape extends z.ZodType } ? z.output<Shape> : never
/** The type of a setting's parsed value. */
export type Value<Name extends SettingName> = (typeof settings)[Name] extends { fallback: string }
  ? Parsed<(typeof settings)[Name]>
  : Parsed<(typeof settings)[Name]> | undefined
