/**
 * The input path in graphql-js's sentence about a variable that does not fit, such as "input.records.0.sourceId": the
 * sentence is the only place that has it. It begins with the variable's name.
 */
export function inputField(message: string): string | undefined {
  const start = /^Variable "\$(\w+)" (?:got invalid value |of (?:required|non-null) type )/.exec(message)
  if (!start?.[1]) return requiredArgument(message)
  const tail = message.slice(message.lastIndexOf('; ') + 2)
  const at = / at "([\w.[\]]+)"; [^;]*$/s.exec(message)?.[1]
  const path = at ? at.replaceAll(/\[(\d+)\]/g, '.$1') : start[1]
  const missing = /^Field "(\w+)" (?:of required type "[^"]+" was not provided|is not defined by type )/.exec(tail)?.[1]
  return missing ? `${path}.${missing}` : path
}

function requiredArgument(message: string): string | undefined {
  return /^(?:Field|Directive) "[^"]+" argument "(\w+)" of type "[^"]+" is required/.exec(message)?.[1]
}
