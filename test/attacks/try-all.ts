import { tryCatalogue } from '../run/try-catalogue.ts'
import { attacks } from './catalogue.ts'

/**
 * Runs every known attack on nodes, separate services, engines and registries that it starts itself, and prints which defences held. `npm
 * run attacks` runs all of them; `npm run attacks -- registry` runs those with that word in the title or the file name.
 */
await tryCatalogue('attack', attacks, process.argv.slice(2))
