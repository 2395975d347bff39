import { parseSync } from 'oxc-parser'
import type { SourceFile } from './tree.ts'

const hooks = ['beforeAll', 'beforeEach', 'afterAll', 'afterEach', 'onTestFinished', 'onTestFailed']

/**
 * Hooks that a shared module registers while it is imported, each as `file:line …`. Several test files run in one process, which imports
 * the module once: only the first of them would have the hooks.
 */
export function testHookBreaches({ path, text }: SourceFile): string[] {
  if (path.endsWith('.test.ts') || !hooks.some((hook) => text.includes(hook))) return []
  return parseSync(path, text).program.body.flatMap((statement) => {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return []
    const { callee, start } = statement.expression
    if (callee.type !== 'Identifier' || !hooks.includes(callee.name)) return []
    const line = text.slice(0, start).split('\n').length
    return [
      `${path}:${line} registers ${callee.name} while it is imported: export a function that registers it, for each test file to call`,
    ]
  })
}
