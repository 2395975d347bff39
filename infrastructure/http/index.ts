export { createHttpApp } from './create-http-app.ts'
export { graphqlEndpoint } from './graphql-endpoint.ts'

export { limitRates } from './rate-limit/limit-rates.ts'
export { Overloaded } from './overloaded.ts'

export { vary } from './vary.ts'
export { statusByMediaType } from './status-by-media-type.ts'
export { addressOf, listen, refuseTakenPort } from './listen.ts'
export { refuseForeignHosts } from './host-header.ts'

export { healthRoutes } from './health/health-routes.ts'
