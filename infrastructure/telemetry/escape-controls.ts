/**
 * Text that a terminal shows and never obeys: control characters (C0 and C1, so every ANSI escape), line separators and the
 * marks that change the direction of text are written out, `\u001b` for one. Names and messages come from strangers.
 */
export function escapeControls(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu
