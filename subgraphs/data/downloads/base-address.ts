import type { FastifyRequest } from 'fastify'

/** Where the caller reaches this archive: as the operator says, else as the gateway was called, else as this server was. */
export function baseAddress({ headers, protocol, host }: FastifyRequest, publicUrl: string | undefined): string {
  const { 'x-strata-origin': origin } = headers
  const base = publicUrl ?? (typeof origin === 'string' ? origin : `${protocol}://${host}`)
  return base.replace(/\/$/, '')
}
