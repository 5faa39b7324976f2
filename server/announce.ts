// What somebody who has just started the demo wants to know: where to look, and as whom.

import type { DemoNotes } from '#demo/notes'
import { settings } from '#platform/env'

const colored = (code: number, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text
const bold = (text: string) => colored(1, text)
const dim = (text: string) => colored(2, text)

const addressLines = ({ organizations }: DemoNotes): string[] =>
  organizations
    .filter(({ suspended }) => !suspended)
    .flatMap(({ name, addresses }) =>
      addresses.map((address, index) => `  ${(index === 0 ? name : '').padEnd(17)}${address}`),
    )

const peopleLines = ({ people }: DemoNotes): string[] =>
  people.map(({ email, note }) => `  ${email.padEnd(24)} ${dim(note)}`)

/** Prints the sample world: addresses, people and the one password. */
export const announceDemo = (notes: DemoNotes): void => {
  const { origin, password } = notes
  const lines = [
    '',
    `${bold('Livery')} ${dim('· the sample world')}`,
    '',
    ...addressLines(notes),
    '',
    `  ${'Gallery'.padEnd(17)}${origin}/gallery`,
    `  ${'Mailbox'.padEnd(17)}${origin}/dev/mail`,
    `  ${'REST'.padEnd(17)}${origin}/api/docs`,
    '',
    `People, all with the password ${bold(password)}`,
    '',
    ...peopleLines(notes),
    '',
    dim(`An API token of the root is in ${settings().dataDirectory}/demo.json`),
    dim(`The code of Paolo’s authenticator app comes from the secret in ${settings().dataDirectory}/demo.json`),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
