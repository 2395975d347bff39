import type { FastifyRequest } from 'fastify'

/**
 * The public address of this archive: the operator's setting, or else the one that the gateway passes on. Without either, links are
 * relative.
 */
export function baseAddress({ headers }: FastifyRequest, publicUrl: string | undefined): string {
  const { 'x-strata-origin': origin } = headers
  const base = publicUrl ?? (typeof origin === 'string' ? origin : '')
  return base.replace(/\/$/, '')
}
