import type { FastifyInstance, FastifyReply } from 'fastify'

declare module 'fastify' {
  interface FastifyReply {
    /** Declares how long this answer stays valid. The archive's configuration decides which caches may store it. */
    goodFor(lifetime: Lifetime): FastifyReply
    lifetime: Lifetime | undefined
  }
}

/**
 * How long an answer stays valid. `always`: its address names its content. `until changed`: the caller revalidates each time. `a minute`:
 * for links that expire soon. `once`: never reused. `unpublished`: only for its reader, whatever the configuration says.
 */
export type Lifetime = 'always' | 'until changed' | 'a minute' | 'once' | 'unpublished'

export type Reads = 'public' | 'private'

/** The only code that sets `cache-control`. A route that declares no lifetime, and every error, gets `no-store`. */
export function decideCaching(app: FastifyInstance, reads: Reads): void {
  app.decorateReply('lifetime', undefined)
  app.decorateReply('goodFor', function (this: FastifyReply, lifetime: Lifetime) {
    this.lifetime = lifetime
    return this
  })
  app.addHook('onSend', async (_request, reply) => {
    const { statusCode: status, lifetime } = reply
    reply.header(
      'cache-control',
      status >= 400 ? 'no-store' : lifetime === undefined ? restrict(reads, said(reply)) : cacheControl[reads][lifetime],
    )
  })
}

/** A reader of a private archive may keep a copy but revalidates each time, so a caller who lost access no longer sees it. */
const cacheControl: Readonly<Record<Reads, Readonly<Record<Lifetime, string>>>> = {
  public: {
    always: 'public, max-age=31536000, immutable',
    'until changed': 'no-cache',
    'a minute': 'private, max-age=60',
    once: 'no-store',
    unpublished: 'private, no-store',
  },
  private: {
    always: 'private, no-cache',
    'until changed': 'private, no-cache',
    'a minute': 'private, no-store',
    once: 'no-store',
    unpublished: 'private, no-store',
  },
}

/** For answers that bypass all hooks. */
export function forbidCaching(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store')
}

/** The header from the service whose answer the gateway passes on. */
function said(reply: FastifyReply): string {
  return String(reply.getHeader('cache-control') ?? 'no-store')
}

/** An answer that leaves a private archive is cached only by its reader, whatever the configuration of the service. */
function restrict(reads: Reads, text: string): string {
  return reads === 'private' && !/(^|[ ,])(private|no-store)([ ,]|$)/.test(text) ? 'private, no-cache' : text
}
