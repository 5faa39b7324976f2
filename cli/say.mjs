// What the commands say while they work, on stderr: stdout belongs to what was asked for. This file and the other .mjs
// files here run before anything is installed, on an old Node: plain JavaScript, no packages.

const isColored = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR

const colored = (code, text) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text)
export const dim = (text) => colored(2, text)
export const red = (text) => colored(31, text)
export const green = (text) => colored(32, text)

/** @param {string} text */
export const say = (text) => process.stderr.write(text)

/** Something that whoever runs this can mend: shown without a trace. `log` is what the failed program said. */
export class Refusal extends Error {
  constructor(message, { log = '', exitCode = 1 } = {}) {
    super(message)
    this.name = 'Refusal'
    this.log = log
    this.exitCode = exitCode
  }
}

/** One line for one step of work: what it is, and then how long it took. */
export const step = async (label, work) => {
  const began = Date.now()
  say(`${label}…`)
  try {
    const result = await work()
    say(dim(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`))
    return result
  } catch (error) {
    say(red(' failed\n'))
    throw error
  }
}
