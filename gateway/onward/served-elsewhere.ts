import type { FastifyInstance } from 'fastify'

/** Routes of a subgraph that the gateway has, too: mounted in its own process, or forwarded to the service. */
export type ServedElsewhere =
  | { readonly kind: 'in-process'; mount(app: FastifyInstance): void }
  | { readonly kind: 'http'; readonly url: string }
