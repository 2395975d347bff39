import { startEmbeddedPostgres } from '@strata/infrastructure/postgres'
const s = await startEmbeddedPostgres({ dir: '/tmp/devpg', durable: false, maxConnections: 100 })
console.log(s.url)
setInterval(()=>{}, 1e6)
