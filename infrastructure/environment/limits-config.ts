import type { Values } from './values.ts'

/** The limits for one request and one caller. Times are in milliseconds, rates in requests per minute. */
export interface LimitsConfig {
  readonly query: QueryLimitsConfig
  readonly answer: { readonly values: number; readonly bytes: number; readonly readBytes: number }
  readonly slots: { readonly costAtOnce: number; readonly waitingPerCaller: number; readonly waiting: number }
  readonly deadlines: {
    readonly query: number
    readonly mutation: number
    readonly receive: number
    readonly headers: number
    readonly silence: number
  }
  readonly connections: ConnectionsConfig
  readonly statementTimeouts: { readonly query: number; readonly count: number; readonly transaction: number }
  /** Derived from the pool size when unset. */
  readonly readsPerCaller: number | undefined
  readonly rates: RatesConfig
  readonly trustedProxies: string | undefined
  readonly documents: { readonly accept: 'any' | 'only'; readonly manifest: string | undefined }
}

interface QueryLimitsConfig {
  readonly characters: number
  readonly tokens: number
  readonly depth: number
  readonly aliases: number
  readonly rootFields: number
  readonly directives: number
  readonly fields: number
  readonly cost: number
  readonly introspectionDepth: number
}

interface ConnectionsConfig {
  readonly most: number
  /** 0 means no limit. */
  readonly perAddress: number
  readonly exemptLoopback: boolean
  readonly trustedProxies: string | undefined
}

interface RatesConfig {
  /** 0 is no limit. */
  readonly perAddress: number
  readonly perCaller: number
  /** A caller on this machine is its operator, unless a proxy in front is configured. */
  readonly exemptLoopback: { readonly perAddress: boolean; readonly perCaller: boolean }
}

export function limitsFrom(values: Values): LimitsConfig {
  const isPrivate = values.STRATA_PUBLIC_URL === undefined && values.STRATA_TRUSTED_PROXIES === undefined
  return {
    query: {
      characters: values.STRATA_MAX_QUERY,
      tokens: values.STRATA_MAX_TOKENS,
      depth: values.STRATA_MAX_DEPTH,
      aliases: values.STRATA_MAX_ALIASES,
      rootFields: values.STRATA_MAX_ROOT_FIELDS,
      directives: values.STRATA_MAX_DIRECTIVES,
      fields: values.STRATA_MAX_FIELDS,
      cost: values.STRATA_MAX_COST,
      introspectionDepth: values.STRATA_MAX_INTROSPECTION_DEPTH,
    },
    answer: { values: values.STRATA_MAX_ANSWER_VALUES, bytes: values.STRATA_MAX_ANSWER, readBytes: values.STRATA_MAX_READ },
    slots: {
      costAtOnce: values.STRATA_COST_AT_ONCE,
      waitingPerCaller: Math.floor(values.STRATA_MAX_WAITING / 2),
      waiting: values.STRATA_MAX_WAITING,
    },
    deadlines: {
      query: values.STRATA_QUERY_DEADLINE,
      mutation: values.STRATA_MUTATION_DEADLINE,
      receive: values.STRATA_RECEIVE_DEADLINE,
      headers: values.STRATA_HEADERS_DEADLINE,
      silence: values.STRATA_SILENCE_DEADLINE,
    },
    connections: {
      most: values.STRATA_MAX_CONNECTIONS,
      perAddress: values.STRATA_CONNECTIONS_PER_ADDRESS ?? 200,
      exemptLoopback: isPrivate && values.STRATA_CONNECTIONS_PER_ADDRESS === undefined,
      trustedProxies: values.STRATA_TRUSTED_PROXIES,
    },
    statementTimeouts: {
      query: values.DATABASE_QUERY_TIMEOUT,
      count: values.DATABASE_COUNT_TIMEOUT,
      transaction: values.DATABASE_TRANSACTION_TIMEOUT,
    },
    readsPerCaller: values.STRATA_READS_PER_CALLER,
    rates: {
      perAddress: values.STRATA_RATE_PER_ADDRESS ?? 3_000,
      perCaller: values.STRATA_RATE_PER_CALLER ?? 6_000,
      exemptLoopback: {
        perAddress: isPrivate && values.STRATA_RATE_PER_ADDRESS === undefined,
        perCaller: isPrivate && values.STRATA_RATE_PER_CALLER === undefined,
      },
    },
    trustedProxies: values.STRATA_TRUSTED_PROXIES,
    documents: { accept: values.STRATA_DOCUMENTS, manifest: values.STRATA_DOCUMENTS_MANIFEST },
  }
}
