import type { FastifyReply, FastifyRequest } from 'fastify'
import { RateLimited, Refusal } from '@strata/domain/shared'
import { unavailableFault } from '../postgres/session/unavailable-fault.ts'
import { forbidCaching } from './caching.ts'
import { errorBody, type ErrorCode } from './error-body.ts'
import { Overloaded } from './overloaded.ts'
import { statusOf } from './refusal-status.ts'
import { rateHeaders, TooManyRequests } from './rate-limit/too-many-requests.ts'
import { addSafeHeaders } from './safe-headers.ts'
import { discardUnreadBody } from './unread-body.ts'

/** Answers any error thrown while a request is served. The answer says only what the caller can act on. */
export async function answerError(thrown: Error, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const error = unavailableFault(thrown) ?? thrown
  const answer = answerFor(error, request)
  if (answer.status >= 500 && answer.code === 'INTERNAL') request.log.error({ requestId: request.id, err: error }, 'request failed')
  addSafeHeaders(reply)
  // Answers to addresses that cannot be decoded bypass all hooks.
  forbidCaching(reply)
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer')
  if (error instanceof Overloaded) reply.header('retry-after', error.retryAfterSeconds)
  if (error instanceof TooManyRequests) reply.headers(rateHeaders(error.turn))
  else if (error instanceof RateLimited && error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
  reply.code(answer.status).type('application/json; charset=utf-8')
  if (answer.status === 413 && request.routeOptions.config.hasLongBody !== true) await discardUnreadBody(request.raw)
  return reply.send(errorBody({ ...answer, requestId: request.id }))
}

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  reply.code(404).type('application/json; charset=utf-8')
  reply.send(errorBody({ code: 'NOT_FOUND', message: 'Nothing is served at this address.', requestId: request.id }))
}

interface Answer {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly field?: string | undefined
}

function answerFor(error: Error, request: FastifyRequest): Answer {
  if (error instanceof Refusal) {
    return { status: statusOfRefusal(error), code: error.code, message: error.message, field: error.field }
  }
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status === 413) {
    const limit = request.routeOptions.bodyLimit
    return { status, code: 'PAYLOAD_TOO_LARGE', message: `The request body is larger than ${limit} bytes; send it in smaller parts.` }
  }
  if (status === 415) {
    return { status, code: 'BAD_USER_INPUT', message: 'The request body must be JSON; send it with "Content-Type: application/json".' }
  }
  if (status >= 400 && status < 500) return { status, code: 'BAD_USER_INPUT', message: badRequest(error) }
  return { status: 500, code: 'INTERNAL', message: `The archive had an internal error; quote request ${request.id}.` }
}

/** A refusal may have its own status instead of that of its code. */
function statusOfRefusal(refusal: Refusal): number {
  return 'statusCode' in refusal && typeof refusal.statusCode === 'number' ? refusal.statusCode : statusOf(refusal.code)
}

function badRequest(error: Error): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The request has no body; send a JSON object.'
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError) return 'The request body is not valid JSON.'
  return 'The request is invalid.'
}
