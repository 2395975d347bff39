import { defineConfig } from 'prisma/config'

// Only commands that look at a database need its address; generating and formatting must work without one.
const url = process.env['DATABASE_URL']

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(url === undefined ? {} : { datasource: { url } }),
})
