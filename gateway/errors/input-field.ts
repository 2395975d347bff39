/**
 * The input path in graphql-js's sentence about a variable that does not fit, such as "input.records.0.sourceId": the
 * sentence is the only place that has it. It begins with the variable's name. The sentence quotes what the client sent with
 * its quotation marks escaped, so what is matched here cannot have come from there.
 */
export function inputField(message: string): string | undefined {
  const variable = /^Variable "\$(\w+)" (?:got invalid value|of (?:required|non-null) type) /.exec(message)?.[1]
  if (variable === undefined) return missingArgument(message)
  const at = / at "([\w.[\]]+)"; /.exec(message)?.[1]
  const path = at?.replaceAll(/\[(\d+)\]/g, '.$1') ?? variable
  const key = /; Field "(\w+)" (?:of required type "[^"]+" was not provided|is not defined by type )/.exec(message)?.[1]
  return key === undefined ? path : `${path}.${key}`
}

function missingArgument(message: string): string | undefined {
  return /^(?:Field|Directive) "[^"]+" argument "(\w+)" of type "[^"]+" is required/.exec(message)?.[1]
}
