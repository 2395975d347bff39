import type { z } from 'zod'
import type { settings, SettingName } from './settings.ts'

/** Every setting's value by its variable; one without a fallback may be undefined. */
export type Values = { readonly [Name in SettingName]: Value<Name> }

type Parsed<S> = S extends { shape: infer Shape extends z.ZodType } ? z.output<Shape> : never
/** What a setting's text is read as. */
export type Value<Name extends SettingName> = (typeof settings)[Name] extends { fallback: string }
  ? Parsed<(typeof settings)[Name]>
  : Parsed<(typeof settings)[Name]> | undefined
