import { z } from 'zod'
import { setting } from './setting.ts'

/** How browsers reach this archive, and which other origins may call it. */
export const webSettings = {
  STRATA_HOST_NAMES: setting({
    about:
      'Further host names of this archive, which a reverse proxy or the network uses for it. Requests for other hosts are refused. The host of STRATA_PUBLIC_URL, loopback names, STRATA_HOST and the address of the connection are always accepted.',
    expects: 'host names or IP addresses without ports, comma-separated, like gateway,archive.internal',
    shape: z
      .string()
      .transform((list) => list.split(','))
      .refine((names) => names.every((name) => /^([A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])$/.test(name))),
  }),
  STRATA_CORS_ORIGINS: setting({
    about: 'Other origins whose web pages may use this archive, with its cookies. None by default.',
    expects: 'origins like https://viewer.example.org, comma-separated, each without a path',
    shape: z
      .string()
      .transform((list) => list.split(','))
      .refine((origins) => origins.every(isOrigin)),
  }),
} as const

/** In exactly the form that browsers send as `Origin`, so that text comparison is enough. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
