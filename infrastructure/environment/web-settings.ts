import { z } from 'zod'
import { setting } from './setting.ts'

/** Who may reach this archive from a page of another site. */
export const webSettings = {
  STRATA_CORS_ORIGINS: setting({
    about: 'Web pages of other origins that may use this archive, with its cookies. Without it, none may.',
    expects: 'origins like https://viewer.example.org, comma-separated, each without a path',
    shape: z
      .string()
      .transform((list) => list.split(','))
      .refine((origins) => origins.every(isOrigin)),
  }),
} as const

/** Exactly as browsers write it in `Origin`, so that comparing text is enough. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
