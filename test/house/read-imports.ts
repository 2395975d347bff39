import { parseSync, Visitor } from 'oxc-parser'
import type { SourceFile } from './tree.ts'

export interface Import {
  readonly from: string
  readonly line: number
}

/** Every module that a file names: imports and re-exports, static or dynamic, of values or of types. */
export function readImports(file: SourceFile): Import[] {
  const { program, errors } = parseSync(file.path, file.text)
  if (errors[0] !== undefined) throw new Error(`${file.path} cannot be parsed: ${errors[0].message}`)

  const imports: Import[] = []
  const add = (source: { value?: unknown; start: number } | null) => {
    if (typeof source?.value === 'string') imports.push({ from: source.value, line: lineOf(file.text, source.start) })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source as { value?: unknown; start: number }),
    TSImportType: (node) => add(node.source),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0] as { start: number })
    },
  }).visit(program)
  return imports
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
