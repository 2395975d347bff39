import { z } from 'zod'

export interface Setting<Shape extends z.ZodType = z.ZodType> {
  readonly about: string
  /** What a valid value is, to complete the sentence "it should be …". */
  readonly expects: string
  readonly shape: Shape
  /** The default value, as text. Without it, the setting is optional. */
  readonly fallback?: string
  /** Never printed. */
  readonly secret?: boolean
}

export function setting<const S extends Setting>(s: S): S {
  return s
}

export function text(expects: string, pattern = /\S/) {
  return { expects, shape: z.string().regex(pattern) }
}

export function oneOf<const Options extends readonly [string, ...string[]]>(...options: Options) {
  return { expects: `one of ${options.join(', ')}`, shape: z.enum(options) }
}

export function address(...protocols: readonly string[]) {
  const expects = `${protocols[0] === 'http' ? 'an' : 'a'} ${protocols.map((protocol) => `${protocol}://`).join(' or ')} address`
  return { expects, shape: z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`) }) }
}

export function whole(least: number, most: number) {
  const shape = z
    .string()
    .regex(/^[0-9]+$/)
    .transform(Number)
    .refine((n) => n >= least && n <= most)
  return { expects: `a whole number from ${least} to ${most}`, shape }
}

export function flag() {
  return { expects: 'one of true, false', shape: z.enum(['true', 'false']).transform((value) => value === 'true') }
}

const bytesPer = { Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const

export function memory() {
  const shape = z
    .string()
    .regex(/^[1-9][0-9]{0,6}(Mi|Gi|Ti)$/)
    .transform((value) => {
      const unit = value.endsWith('Mi') ? 'Mi' : value.endsWith('Gi') ? 'Gi' : 'Ti'
      return Number(value.slice(0, -2)) * bytesPer[unit]
    })
  return { expects: 'an amount of memory like 512Mi, 8Gi or 1Ti', shape }
}
