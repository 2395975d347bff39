import type { FastifyReply } from 'fastify'

/** Where more is to be read about what is answered. */
export function linkTo(
  reply: FastifyReply,
  links: readonly { readonly href: string; readonly rel: string; readonly type: string }[],
): void {
  reply.header('link', links.map(({ href, rel, type }) => `<${href}>; rel="${rel}"; type="${type}"`).join(', '))
}

/** Data of public archives may be embedded and read anywhere; nothing in it runs. */
export const openToPages = { 'cross-origin-resource-policy': 'cross-origin', 'content-security-policy': "default-src 'none'; sandbox" }
