import { join } from 'node:path'
import { configurationPage } from './configuration-page.ts'
import { envExample } from './env-example.ts'

const root = join(import.meta.dirname, '../../..')

/** The generated documents about settings, with their paths. */
export function documents(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: join(root, 'docs/configuration.md'), text: configurationPage() },
    { path: join(root, '.env.example'), text: envExample() },
  ]
}
