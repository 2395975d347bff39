import { Readable } from 'node:stream'
import { HeaderMap, type ApolloServer, type BaseContext, type HTTPGraphQLResponse } from '@apollo/server'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { startOperation, type AnswerLimits, type Operation } from '@strata/domain/shared'
import './route-access.ts'
import { errorBody } from './error-body.ts'
import { readOperation, sentRequest, withDocument, type SentOperation } from './graphql-operation.ts'
import { requestEnd, type Deadline } from './request-end.ts'
import { requestHeaders, type RequestHeaders } from './request-headers.ts'
import { vary } from './vary.ts'

export interface GraphqlEndpoint<Context extends BaseContext> {
  readonly path: string
  readonly server: ApolloServer<Context>
  /** A refusal thrown here ends the request with its HTTP status, before GraphQL begins. */
  contextFor(headers: RequestHeaders, ip: string, operation: Operation): Promise<Context>
  /** How large an answer may be. */
  readonly limits: AnswerLimits
  /** Runs work that may be aborted. Aborting cancels its database statements. */
  within?<T>(operation: Operation, work: () => Promise<T>): Promise<T>
  /** Checks the operation before anything is executed; refuses by throwing. */
  admit?(operation: SentOperation): Admission
  /** The caller that an operation counts for, where callers take turns. */
  callerOf?(context: Context, ip: string): string
  /** The page for a browser that opens the address. */
  readonly page?: RouteHandlerMethod
}

interface Admission {
  /** The document to run instead of the one sent. */
  readonly document?: string | undefined
  readonly deadline: Deadline
  /** Whether the operation can be aborted without losing anything. */
  readonly isSafeToAbandon: boolean
  /** Waits until there is room for the operation. Call the returned function when the operation ends. */
  enter?(caller: string, signal: AbortSignal): Promise<() => void>
}

/** What GraphQL over HTTP defines for GET, and the id of a stored document. */
const parameters = ['query', 'operationName', 'variables', 'extensions', 'documentId']

/** Serves GraphQL over HTTP: POST with JSON, and GET for queries. */
export function graphqlEndpoint<Context extends BaseContext>(app: FastifyInstance, o: GraphqlEndpoint<Context>): void {
  app.route({
    method: ['GET', 'POST'],
    url: o.path,
    config: { gate: 'each mutation', parameters, isOpen: (request) => o.page !== undefined && isBrowserVisit(request) },
    async handler(request, reply) {
      if (o.page && isBrowserVisit(request)) return o.page.call(app, request, reply)
      const headers = requestHeaders(request.headers)
      const end = requestEnd(reply)
      const operation = startOperation({ limits: o.limits, signal: end.signal, giveUp: (reason) => end.giveUp(reason) })
      const context = await o.contextFor(headers, request.ip, operation)
      const sent = sentRequest(request)
      const admission = o.admit?.(readOperation(request.method, sent))
      const { search, body } = admission?.document === undefined ? sent : withDocument(request.method, sent, admission.document)
      if (admission?.isSafeToAbandon) end.followCaller()
      const execute = () =>
        o.server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: request.method, headers: new HeaderMap(Object.entries(headers)), search, body },
          context: async () => context,
        })
      const work = async () => {
        const leave = await admission?.enter?.(o.callerOf?.(context, request.ip) ?? request.ip, end.signal)
        try {
          return await (admission?.isSafeToAbandon && o.within ? o.within(operation, execute) : execute())
        } finally {
          leave?.()
        }
      }
      const response = await (admission === undefined ? work() : end.within(admission.deadline, work()))
      return send(reply, response)
    },
  })
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: o.path,
    config: { gate: 'nothing changes', parameters },
    handler: refuseMethod,
  })
}

/** Clients that accept anything get JSON; only clients that ask for HTML get a page. */
function isBrowserVisit(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
}

function send(reply: FastifyReply, response: HTTPGraphQLResponse): FastifyReply {
  reply.code(response.status ?? 200)
  vary(reply, 'accept')
  for (const [name, value] of response.headers) reply.header(name, value)
  return response.body.kind === 'complete' ? reply.send(response.body.string) : reply.send(Readable.from(response.body.asyncIterator))
}

async function refuseMethod(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const message = `${request.method} is not served here; send GraphQL by POST, or queries by GET.`
  reply.code(405).header('allow', 'GET, POST').type('application/json; charset=utf-8')
  return reply.send(errorBody({ code: 'BAD_USER_INPUT', message, requestId: request.id }))
}
