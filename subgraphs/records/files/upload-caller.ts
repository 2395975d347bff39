import { actorOf, passGate } from '@strata/domain/identity'
import type { FastifyRequest } from 'fastify'
import type { FileServices } from './file-services.ts'
import { plainHeaders } from './plain-headers.ts'

/** The name of a caller who may upload; everybody else is refused before a byte of the body is read. */
export async function uploadCaller(request: FastifyRequest, { callerOf }: FileServices): Promise<string> {
  return actorOf(passGate(await callerOf(plainHeaders(request)), 'uploadFile'))
}
