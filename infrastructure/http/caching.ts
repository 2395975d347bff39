import type { FastifyInstance, FastifyReply } from 'fastify'

declare module 'fastify' {
  interface FastifyReply {
    /** Says how long the content of this answer is good for. Who may keep it, the archive's configuration decides. */
    goodFor(lifetime: Lifetime): FastifyReply
    lifetime: Lifetime | undefined
  }
}

/**
 * How long an answer's content is good for: `always` because its address names its content; `until changed`, which the
 * caller asks each time; `a minute`, like a link that soon ends; `once`.
 * `unpublished` content is not for everybody, whatever the configuration says.
 */
export type Lifetime = 'always' | 'until changed' | 'a minute' | 'once' | 'unpublished'

export type Reads = 'public' | 'private'

/** The only place that says `cache-control`. A route that says nothing is answered once; so is everything that fails. */
export function decideCaching(app: FastifyInstance, reads: Reads): void {
  app.decorateReply('lifetime', undefined)
  app.decorateReply('goodFor', function (this: FastifyReply, lifetime: Lifetime) {
    this.lifetime = lifetime
    return this
  })
  app.addHook('onSend', async (_request, reply) => {
    const { statusCode: status, lifetime } = reply
    reply.header('cache-control', status >= 400 ? 'no-store' : lifetime === undefined ? restrict(reads, said(reply)) : cacheControl[reads][lifetime])
  })
}

/** A reader of a private archive may keep a copy and asks each time, so that it is not shown to who may not read any more. */
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

/** For answers that no hook has seen. */
export function keepNever(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store')
}

/** What a service said whose answer is passed on. */
function said(reply: FastifyReply): string {
  return String(reply.getHeader('cache-control') ?? 'no-store')
}

/** Whatever a service was configured with: what leaves a private archive is kept by its reader alone. */
function restrict(reads: Reads, text: string): string {
  return reads === 'private' && !/(^|[ ,])(private|no-store)([ ,]|$)/.test(text) ? 'private, no-cache' : text
}
