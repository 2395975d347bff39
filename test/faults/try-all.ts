import { tryCatalogue } from '../run/try-catalogue.ts'
import { faults } from './catalogue.ts'

/**
 * Causes every known fault on nodes, separate services, databases, queues and engines that it starts itself, and prints what held. `npm run
 * faults` causes all of them; `npm run faults -- redis` those with that word in the title or the file name.
 */
await tryCatalogue('fault', faults, process.argv.slice(2))
