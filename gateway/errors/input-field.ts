/**
 * The input path, such as "input.records.0.sourceId", in graphql-js's message about an invalid variable; no other place has it. The
 * message begins with the variable's name. It quotes the client's values with escaped quotation marks, so the text matched here
 * cannot come from the client.
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
