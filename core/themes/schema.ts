/** themes/theme.schema.json, so that an editor completes and checks theme.json while a designer types. */
import { z } from 'zod'
import { ThemeSource } from './contract.ts'

export function themeJsonSchema(): string {
  const schema = z.toJSONSchema(ThemeSource, { io: 'input', reused: 'ref' })
  return `${JSON.stringify({ ...schema, title: 'Livery theme' }, null, 2)}\n`
}
