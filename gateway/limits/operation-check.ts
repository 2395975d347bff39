import {
  GraphQLError,
  Kind,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { checkLiterals } from './check-literals.ts'
import { checkText, type TextLimits } from './check-text.ts'
import { checkVariables } from './check-variables.ts'
import { chooseOperation } from './choose-operation.ts'
import type { VariableValue } from './list-size.ts'
import { measureOperation, type MeasuredSchema } from './measure-operation.ts'
import type { Measure } from './measure.ts'
import { counted, requireAtMost, tooManyAliases } from './too-complex.ts'

export interface OperationLimits extends TextLimits {
  readonly depth: number
  readonly rootFields: number
  readonly fields: number
  readonly cost: number
  readonly introspectionDepth: number
}

export interface CheckedOperation {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

export interface CheckedKind {
  /** Undefined when the document does not parse. A later step refuses it with a better message. */
  readonly kind: OperationTypeNode | undefined
  readonly cost: number
}

/**
 * Refuses an operation that exceeds a limit, before it is validated or planned, which both cost more than these checks.
 * Returns the kind of the operation and its maximum cost.
 */
export function createOperationCheck(o: MeasuredSchema & { readonly limits: OperationLimits }): (sent: CheckedOperation) => CheckedKind {
  const parsed = new LRUCache<string, DocumentNode>({
    maxSize: 16 * 1024 * 1024,
    sizeCalculation: (_document, text) => 10 * text.length + 1,
  })

  return (sent) => {
    checkVariables(sent.variables)
    const document = parsed.get(sent.query) ?? parseWithin(sent.query, o.limits)
    if (document === undefined) return { kind: undefined, cost: 0 }
    parsed.set(sent.query, document)

    const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    const measured = new Map(operations.map((node) => [node, measureOperation(o, document, node, variablesOf(node, sent.variables ?? {}))]))
    for (const measure of measured.values()) check(measure, o.limits)
    checkLiterals(document)
    const chosen = chooseOperation(operations, sent.operationName)
    return { kind: chosen?.operation, cost: (chosen && measured.get(chosen)?.cost) ?? 0 }
  }
}

function parseWithin(text: string, limits: TextLimits): DocumentNode | undefined {
  checkText(text, limits)
  try {
    return parse(text, { noLocation: true })
  } catch (error) {
    // The server parses it again and reports the place of the fault.
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}

function check(measure: Measure, limits: OperationLimits): void {
  requireAtMost(limits.aliases, measure.aliases, tooManyAliases)
  requireAtMost(limits.rootFields, measure.width, { what: 'fields at its root', instead: 'send several requests' })
  requireAtMost(limits.depth, measure.depth, { what: 'levels', instead: 'request deeper fields in a separate request' })
  requireAtMost(limits.fields, measure.fields, { what: 'fields', instead: 'select fewer, or spread fragments less often' })
  requireAtMost(limits.introspectionDepth, measure.schemaDepth, {
    what: 'levels of introspection',
    instead: 'request a type by its name with __type',
  })
  requireAtMost(mostSchemaLists, measure.schemaLists, {
    what: 'nested lists of introspection',
    instead: 'request a type by its name with __type',
  })
  requireAtMost(limits.cost, Math.ceil(measure.cost), {
    what: 'objects to fetch by the sizes of its lists',
    instead: `most of them are in "${measure.mostExpensive.path}" (${counted(Math.ceil(measure.mostExpensive.cost))}): lower its "first" or that of a list around it`,
  })
}

/** Types, their fields, and the fields' arguments: the deepest that tools request. */
const mostSchemaLists = 2

function variablesOf(operation: OperationDefinitionNode, given: Readonly<Record<string, unknown>>): VariableValue {
  return (name) => {
    if (Object.hasOwn(given, name)) return given[name]
    const fallback = operation.variableDefinitions?.find((definition) => definition.variable.name.value === name)?.defaultValue
    return fallback === undefined ? undefined : valueFromASTUntyped(fallback)
  }
}
