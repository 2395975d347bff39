import type { Setting } from '../setting.ts'
import { settings } from '../settings.ts'

/** docs/configuration.md */
export function configurationPage(): string {
  const rows = Object.entries<Setting>(settings).map(([name, setting]) => {
    const fallback = setting.fallback === undefined ? '' : `\`${setting.fallback}\``
    return `| \`${name}\` | ${cell(setting.about)} | ${cell(setting.expects)}${setting.secret ? '; secret, never printed' : ''} | ${fallback} |`
  })
  return `# Configuration

<!-- Generated from infrastructure/environment/settings.ts by \`npm run codegen\`; change it there. -->

Everything is set in the environment and read once, at start. A wrong value is refused then, with the variable's name
and what it should be; so is a variable that begins with \`STRATA_\` and is not listed here. An empty value counts as not
set. A node started with \`npm start\` needs none of them.

| variable | what it is for | should be | when not set |
|---|---|---|---|
${rows.join('\n')}
`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
