import { defineConfig } from 'prisma/config'
import { datasource } from './engine/datasource.ts'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...datasource(),
})
