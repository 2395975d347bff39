import type { FastifyRequest } from 'fastify'

/** Where this archive is reached: as the operator says, else as the gateway does. Without either, links are relative. */
export function baseAddress({ headers }: FastifyRequest, publicUrl: string | undefined): string {
  const { 'x-strata-origin': origin } = headers
  const base = publicUrl ?? (typeof origin === 'string' ? origin : '')
  return base.replace(/\/$/, '')
}
