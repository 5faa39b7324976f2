/** What is used here of mjml, which brings no types of its own. */
declare module 'mjml' {
  type Options = { validationLevel: 'strict'; fonts: Record<string, string>; ignoreIncludes: true }
  type Found = { line: number; message: string; tagName: string; formattedMessage: string }
  /** Throws an error with `errors` where strict validation finds any. */
  export default function mjml2html(source: string, options: Options): Promise<{ html: string; errors: Found[] }>
}
