import type { FastifyReply } from 'fastify'
import type { DataServices } from './data-services.ts'

/** Everybody may keep it, and asks each time whether it still is so. What a private archive tells, only its reader keeps. */
export function cacheControl({ reads }: Pick<DataServices, 'reads'>): string {
  return reads === 'private' ? 'private, no-cache' : 'no-cache'
}

/** Where more is to be read about what is answered. */
export function linkTo(reply: FastifyReply, links: readonly { readonly href: string; readonly rel: string; readonly type: string }[]): void {
  reply.header('link', links.map(({ href, rel, type }) => `<${href}>; rel="${rel}"; type="${type}"`).join(', '))
}

/** Data of public archives may be embedded and read anywhere; nothing in it runs. */
export const openToPages = { 'cross-origin-resource-policy': 'cross-origin', 'content-security-policy': "default-src 'none'; sandbox" }
