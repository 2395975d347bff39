import { z } from 'zod'
import { setting } from './setting.ts'

/** How browsers reach this archive, and which other origins may call it. */
export const webSettings = {
  STRATA_HOST_NAMES: setting({
    about:
      'Further names under which this archive is called: those that a reverse proxy or the network uses for it. Requests for other hosts are refused; STRATA_PUBLIC_URL’s host, loopback names, STRATA_HOST and the address that was connected to are always known.',
    expects: 'host names or IP addresses without ports, comma-separated, like gateway,archive.internal',
    shape: z
      .string()
      .transform((list) => list.split(','))
      .refine((names) => names.every((name) => /^([A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])$/.test(name))),
  }),
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
