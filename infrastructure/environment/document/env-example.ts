import type { Setting } from '../setting.ts'
import { settings } from '../settings.ts'

/** .env.example: every setting, commented out, with its default. */
export function envExample(): string {
  const entries = Object.entries<Setting>(settings).map(
    ([name, setting]) => `# ${setting.about}\n# Should be ${setting.expects}.\n#${name}=${setting.fallback ?? ''}\n`,
  )
  return `# Generated from infrastructure/environment/settings.ts by \`npm run codegen\`; change it there.
# Docker Compose reads a copy of this named .env; \`node --env-file=.env\` does, too.

${entries.join('\n')}`
}
