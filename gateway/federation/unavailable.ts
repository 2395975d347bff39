import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'
import type { SubgraphRequest, SubgraphResponse } from './data-source.ts'
import { fewErrors } from './few-errors.ts'

type Path = readonly (string | number)[]

/**
 * The answer for a subgraph that did not respond: one error with its path for each field that is null because of it. Without paths, clients
 * could not tell a failure from a null value. The gateway maps paths in entities to paths of the answer.
 */
export function unavailable(name: string, { request }: Pick<SubgraphRequest, 'request'>): SubgraphResponse {
  const message = `The part of this archive that serves ${name} is not available right now; try again in a moment.`
  const paths = fieldsOf(parse(request.query ?? '', { noLocation: true }), request.variables?.['representations'])
  return { errors: [...fewErrors(paths, (path) => ({ message, path: [...path], extensions: { code: 'UNAVAILABLE' } }))] }
}

function fieldsOf(document: DocumentNode, representations: unknown): readonly Path[] {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) return []
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  )
  return [...fieldsIn(operation.selectionSet, fragments, undefined)].flatMap(({ name, field, selectionSet }): Path[] => {
    if (field !== '_entities' || selectionSet === undefined || !Array.isArray(representations)) return [[name]]
    return representations.flatMap((representation, i) => {
      const known = [...fieldsIn(selectionSet, fragments, representation?.__typename)]
      // The fields were selected on an interface of the type.
      const fields = known.length > 0 ? known : [...fieldsIn(selectionSet, fragments, undefined)]
      return fields.map((each) => [name, i, each.name])
    })
  })
}

interface Field {
  readonly name: string
  readonly field: string
  readonly selectionSet: SelectionSetNode | undefined
}

/** The fields selected on an object of this type. */
function* fieldsIn(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type: string | undefined,
): Generator<Field> {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      if (node.name.value !== '__typename')
        yield { name: node.alias?.value ?? node.name.value, field: node.name.value, selectionSet: node.selectionSet }
      continue
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node
    const condition = fragment?.typeCondition?.name.value
    if (fragment !== undefined && (condition === undefined || type === undefined || condition === type))
      yield* fieldsIn(fragment.selectionSet, fragments, type)
  }
}
