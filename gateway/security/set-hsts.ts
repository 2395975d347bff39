import type { FastifyInstance } from 'fastify'

/** Sets HSTS if the public address is https. */
export function setHsts(app: FastifyInstance, o: { publicUrl: string | undefined }): void {
  if (o.publicUrl === undefined || !o.publicUrl.startsWith('https://')) return
  app.addHook('onRequest', async (_request, reply) => void reply.header('strict-transport-security', 'max-age=31536000'))
}
