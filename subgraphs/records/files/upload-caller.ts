import { actorOf, passGate } from '@strata/domain/identity'
import type { FastifyRequest } from 'fastify'
import type { FileRouteParts } from './services.ts'
import { plainHeaders } from '../../http/plain-headers.ts'

/** The name of a caller who may upload; everybody else is refused before a byte of the body is read. */
export async function uploadCaller(request: FastifyRequest, { callerOf }: FileRouteParts): Promise<string> {
  // A scope narrowed to a convention is enough for a file that is said to be for it.
  return actorOf(passGate(await callerOf(plainHeaders(request)), 'uploadFile', request.query))
}
