import type { Golden } from './questions.ts'
import type { recorded } from './statements.ts'

/** Each question, the SQL that is made of it, and what that answers, in Markdown. */
export async function pageOf(
  topic: string,
  questions: readonly Golden[],
  answer: (input: Golden['input']) => Promise<readonly unknown[]>,
  { take }: Pick<ReturnType<typeof recorded>, 'take'>,
): Promise<string> {
  const sections: string[] = []
  for (const { title, input } of questions) {
    const rows = await answer(input)
    const statements = take().map((sql) => `\`\`\`sql\n${withoutIds(sql)}\n\`\`\``)
    const answers = rows.length === 0 ? 'nothing' : rows.map((row) => printed(row)).join('\n')
    sections.push(`## ${title}\n\n\`\`\`json\n${JSON.stringify(input)}\n\`\`\`\n${statements.join('\n')}\n\`\`\`\n${answers}\n\`\`\``)
  }
  return `# ${topic}\n\n${sections.join('\n\n')}\n`
}

function printed(row: unknown): string {
  return typeof row === 'string' ? row : JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
}

/** Records and releases are named anew by each run. */
function withoutIds(sql: string): string {
  return sql.replaceAll(/'01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}'(?=::uuid)/g, (id) =>
    id.includes('0190a5e0') ? id : "'<an id>'",
  )
}
